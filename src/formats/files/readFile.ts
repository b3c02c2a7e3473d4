import { type ModelFiles, UnreadableFile } from './ModelFiles';

/**
 * Reads a file that has to be there.
 *
 * @param what What it is to be, for messages: `'a model.json'`.
 * @throws Error naming it and the reason if it cannot be read.
 */
export async function readFile(files: ModelFiles, name: string, what: string): Promise<Uint8Array> {
  return await requireReadable(files, name, what, files.read(name));
}

/**
 * Waits for something that is read of a file which has to be there.
 *
 * @throws Error naming the file and the reason if it cannot be read.
 */
export async function requireReadable<Value>(
  files: ModelFiles,
  name: string,
  what: string,
  reading: Promise<Value>,
): Promise<Value> {
  try {
    return await reading;
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw new Error(
      `${files.argument}: expected ${what} that can be read, got ${files.describe(name)} (${cause.message})`,
      { cause },
    );
  }
}
