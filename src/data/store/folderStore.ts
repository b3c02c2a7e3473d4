import { loadBuiltins } from '../../common/files/builtins';
import { reasonOf } from '../../common/files/reasonOf';
import { saveFile } from '../../common/files/saveFile';
import { quote } from '../../common/quote';
import type { ByteStore } from './ByteStore';

/**
 * Keeps files in a folder, which is made when the first one is written.
 *
 * @param name What the folder was called by the caller, for messages: `directory` or `cache`.
 */
export async function folderStore(name: string, folder: string): Promise<ByteStore> {
  const { fs, path } = await loadBuiltins();
  const fail = (purpose: string, cause: unknown): never => {
    throw new Error(
      `${name}: expected a folder that can be ${purpose}, got ${quote(folder, 100)} (${reasonOf(cause)})`,
      { cause },
    );
  };
  return {
    async read(file, largest) {
      const place = path.join(folder, file);
      try {
        const stats = await fs.stat(place);
        // A device or a pipe may have no end, and a file any length.
        if (!stats.isFile()) return 'expected a file, got a folder, a device or a pipe';
        if (stats.size > largest) {
          return `expected at most ${largest} bytes, got ${stats.size}, oversized`;
        }
        return new Uint8Array(await fs.readFile(place));
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
        return fail('read', cause);
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
