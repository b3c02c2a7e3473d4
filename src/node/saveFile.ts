import { loadBuiltins } from './builtins';

/**
 * Writes a file so that it is there whole or not at all: under a temporary name beside it, which is then renamed.
 * Folders that are missing are made.
 *
 * @param data Text is written as UTF-8.
 * @throws Error of the file system (the promise is rejected); the temporary file is removed.
 */
export async function saveFile(path: string, data: Uint8Array | string): Promise<void> {
  const {
    fs,
    path: { dirname, join },
  } = await loadBuiltins();
  const folder = dirname(path);
  await fs.mkdir(folder, { recursive: true });
  // Without the file's own name in it, which may be as long as the file system allows.
  const temporary = join(folder, `.layerscope-${crypto.randomUUID()}`);
  try {
    await fs.writeFile(temporary, data, { flag: 'wx' });
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}
