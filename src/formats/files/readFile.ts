import { type ModelFiles, UnreadableFile } from './ModelFiles';

/**
 * Reads a file that has to be there.
 *
 * @param what What it is to be, for messages: `'a model.json'`.
 * @throws Error naming it and the reason if it cannot be read.
 */
export async function readFile(files: ModelFiles, name: string, what: string): Promise<Uint8Array> {
  try {
    return await files.read(name);
  } catch (cause) {
    return refuse(files, name, what, cause);
  }
}

/** Reads the first bytes of a file that has to be there; the rest as {@link readFile}. */
export async function readHead(files: ModelFiles, name: string, what: string): Promise<Uint8Array> {
  try {
    return await files.readHead(name);
  } catch (cause) {
    return refuse(files, name, what, cause);
  }
}

function refuse(files: ModelFiles, name: string, what: string, cause: unknown): never {
  if (!(cause instanceof UnreadableFile)) throw cause;
  throw new Error(
    `${files.argument}: expected ${what} that can be read, got ${files.describe(name)} (${cause.message})`,
    { cause },
  );
}
