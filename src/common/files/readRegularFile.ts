import { loadBuiltins } from './builtins';
import { quotePath } from './quotePath';
import { reasonOf } from './reasonOf';

/**
 * Reads a file of a disk. Devices and pipes, which may have no end, are refused before they are opened.
 *
 * @param what What the file is to be, for messages that begin with `path: expected`.
 * @param largest Bytes at the most.
 * @param argument What the path was called by the caller, for messages.
 * @throws Error (the promise is rejected) naming the path if it is no file, or if it cannot be read, with the error of the file
 * system as its cause; RangeError if it is larger.
 */
export async function readRegularFile(
  path: string,
  what: string,
  largest: number,
  argument = 'path',
): Promise<Uint8Array<ArrayBuffer>> {
  const { fs } = await loadBuiltins();
  const got = quotePath(path);
  const cannotRead = (cause: unknown): never => {
    throw new Error(`${argument}: expected ${what} that can be read, got ${got} (${reasonOf(cause)})`, {
      cause,
    });
  };
  const stats = await fs.stat(path).catch(cannotRead);
  if (!stats.isFile() && !stats.isDirectory()) {
    throw new Error(`${argument}: expected ${what}, got ${got}, which is a device or a pipe`);
  }
  if (stats.size > largest) {
    throw new RangeError(
      `${argument}: expected ${what} of at most ${largest} bytes, got ${got} of ${stats.size}`,
    );
  }
  return fs.readFile(path).catch(cannotRead);
}
