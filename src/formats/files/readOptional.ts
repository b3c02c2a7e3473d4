import { type ModelFiles, UnreadableFile } from './ModelFiles';

/** Bytes of a small file: names of classes, and the like. */
const MOST_BYTES = 2 ** 22;

/**
 * Reads a small file that may lie beside a model.
 *
 * @returns Its text; `undefined` if there is none that can be read, or it is too large for what it should be.
 */
export async function readOptional(
  files: ModelFiles,
  model: string,
  path: string,
): Promise<string | undefined> {
  const name = files.locate(model, path);
  if (!files.isOpen && !files.names.includes(name)) return undefined;
  try {
    const size = await files.sizeOf(name);
    if (size !== undefined && size > MOST_BYTES) return undefined;
    return new TextDecoder().decode(await files.read(name));
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
