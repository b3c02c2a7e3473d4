import { extname } from 'node:path';
import { quotePath } from '../common/files/quotePath';
import { readRegularFile } from '../common/files/readRegularFile';
import { parseJson } from '../common/parseJson';
import { importNpy } from '../export/importNpy';
import type { ImageInput, NestedNumbers } from '../image/ImageInput';
import { readImageFile } from '../node/readImageFile';
import { namePath } from './explainError';
import type { NamedFile } from './OptionRow';

/** Bytes of a file of numbers at the most. */
const LARGEST = 2 ** 28;

/** How deep the arrays of an input may nest. */
const DEEPEST = 6;

/**
 * Reads what the inputs of a network are given by their names: arrays of `.npy`, nested arrays of `.json`, or else images.
 *
 * @param maxPixels What an image may have at the most.
 * @throws Error (the promise is rejected) naming `--input` and what is wrong with a file.
 */
export async function readInputs(
  given: readonly NamedFile[],
  maxPixels: number | undefined,
): Promise<Record<string, ImageInput>> {
  const read = given.map(
    async ({ name, file }) => [name, await namePath('--input', readInput(file, maxPixels))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

async function readInput(file: string, maxPixels: number | undefined): Promise<ImageInput> {
  const kind = extname(file).toLowerCase();
  if (kind !== '.npy' && kind !== '.json') return await readImageFile(file, { maxPixels });
  const what = kind === '.npy' ? 'a .npy file' : 'nested arrays of numbers';
  const bytes = await readRegularFile(file, what, LARGEST);
  try {
    if (kind === '.npy') {
      const { shape, data } = importNpy(bytes);
      return { shape, data };
    }
    const numbers = parseJson(new TextDecoder().decode(bytes), DEEPEST);
    if (Array.isArray(numbers)) return numbers as NestedNumbers;
    throw new RangeError('a value that is no array');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new Error(`path: expected ${what}, got ${quotePath(file)}: ${reason}`, { cause });
  }
}
