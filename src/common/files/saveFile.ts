import { saveFiles } from './saveFiles';

/**
 * Writes a file so that it is there whole or not at all: under a temporary name beside it, which is then renamed.
 * Folders that are missing are made.
 *
 * @param data Text is written as UTF-8.
 * @throws TypeError (the promise is rejected) if `path` is no path or `data` neither bytes nor text; Error naming the
 * path if the file cannot be written. A file that was there stays then, and the temporary one is removed.
 */
export function saveFile(path: string, data: Uint8Array | string): Promise<void> {
  return saveFiles([[path, data]]);
}
