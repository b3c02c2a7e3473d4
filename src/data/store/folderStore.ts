import { loadBuiltins } from '../../common/files/builtins';
import { quotePath } from '../../common/files/quotePath';
import { readRegularFile } from '../../common/files/readRegularFile';
import { reasonOf } from '../../common/files/reasonOf';
import { saveFile } from '../../common/files/saveFile';
import type { ByteStore } from './ByteStore';

/** Bytes of a file at the most: 64 MiB, more than any of MNIST's has, packed or not. */
const LARGEST = 2 ** 26;

/**
 * Keeps files in a folder, which is made when the first one is written.
 *
 * @param name What the folder was called by the caller, for messages: `directory` or `cache`.
 */
export async function folderStore(name: string, folder: string): Promise<ByteStore> {
  const { fs, path } = await loadBuiltins();
  const fail = (purpose: string, cause: unknown): never => {
    throw new Error(
      `${name}: expected a folder that can be ${purpose}, got ${quotePath(folder)} (${reasonOf(cause)})`,
      { cause },
    );
  };
  return {
    async read(file) {
      try {
        return new Uint8Array(await readRegularFile(path.join(folder, file), 'a file', LARGEST, name));
      } catch (error) {
        const { cause } = error as Error;
        if (cause === undefined) throw error;
        return reasonOf(cause) === 'ENOENT' ? undefined : fail('read', cause);
      }
    },
    write: (file, bytes) =>
      saveFile(path.join(folder, file), bytes).catch((cause: unknown) => fail('written', cause)),
    remove: (file) =>
      fs.rm(path.join(folder, file), { force: true }).catch((cause: unknown) => fail('written', cause)),
  };
}

/** Where caches belong: the folder `layerscope` in `$XDG_CACHE_HOME`, or in `~/.cache` (XDG Base Directory Specification). */
export async function defaultCacheFolder(): Promise<string> {
  const { path, os } = await loadBuiltins();
  const given = process.env.XDG_CACHE_HOME;
  // The specification has relative paths ignored.
  const folder = given && path.isAbsolute(given) ? given : path.join(os.homedir(), '.cache');
  return path.join(folder, 'layerscope');
}
