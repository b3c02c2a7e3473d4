import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that it is there whole or not at all: under a temporary name beside it, which is then renamed.
 * Folders that are missing are made.
 *
 * @param data Text is written as UTF-8.
 * @throws Error of the file system (the promise is rejected); the temporary file is removed.
 */
export async function saveFile(path: string, data: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Without the file's own name in it, which may be as long as the file system allows.
  const temporary = join(folder, `.layerscope-${randomUUID()}`);
  try {
    await writeFile(temporary, data, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
