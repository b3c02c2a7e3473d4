import { quotePath } from '../common/files/quotePath';
import { readRegularFile } from '../common/files/readRegularFile';
import { parseLabels } from './parseLabels';

/** Bytes of a file of names at the most: ImageNet's 21,841 with their ids take 1 MB. */
const LARGEST = 2 ** 24;

/**
 * Reads the names of classes from a file.
 *
 * @throws Error (the promise is rejected) naming `--labels`, the file and what is wrong with it.
 */
export async function readLabels(path: string): Promise<string[]> {
  const bytes = await readRegularFile(path, 'a file of class names', LARGEST, '--labels');
  try {
    return parseLabels(new TextDecoder().decode(bytes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new Error(`--labels: expected a file of class names, got ${quotePath(path)}: ${reason}`, { cause });
  }
}
