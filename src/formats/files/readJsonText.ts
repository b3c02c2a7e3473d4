import type { ModelFiles } from './ModelFiles';
import { readFile, requireReadable } from './readFile';

/** Bytes of a `model.json` at the most: what is in it becomes objects, which take many times as much. */
const LARGEST_JSON = 2 ** 26;

/**
 * Reads a `model.json`.
 *
 * @throws Error naming it and the reason if it cannot be read; RangeError if it is larger than any is.
 */
export async function readJsonText(files: ModelFiles, name: string): Promise<string> {
  const what = 'a model.json';
  const size = await requireReadable(files, name, what, files.sizeOf(name));
  if (size !== undefined && size > LARGEST_JSON) {
    throw new RangeError(
      `${files.argument}: expected ${what} of at most ${LARGEST_JSON} bytes, got ${files.describe(name)} of ${size}`,
    );
  }
  return new TextDecoder().decode(await readFile(files, name, what));
}
