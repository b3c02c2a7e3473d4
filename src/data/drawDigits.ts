import { requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import { drawDigit } from './drawDigit';
import type { LabeledImages } from './LabeledImages';
import { createRandom } from './random';

export interface DrawDigitsOptions {
  /**
   * The same seed draws the same digits; another seed, a data set that shares none with it but by chance.
   * @defaultValue 0
   */
  seed?: number | undefined;
}

const SIZE = 28;

/** Images at the most: 784 MB of pixels. */
const MOST = 1_000_000;

/**
 * Draws a data set of digits, each in another hand: a stand-in for MNIST that needs no download.
 *
 * @param count how many, 1,000,000 at the most; the digits come in turn, 0 to 9 and again from 0, so shuffle them for training.
 * @returns 28 × 28 grey images, white on black, and their digits. Fewer with the same seed are the first of more.
 * @throws RangeError if `count` is no whole number from 1 to 1,000,000, or `seed` none of at least 0.
 */
export function drawDigits(count: number, options: DrawDigitsOptions = {}): LabeledImages {
  requireOptions(options, { seed: true });
  const { seed = 0 } = options;
  requireWholeNumber('count', count, 1, MOST);
  requireWholeNumber('seed', seed, 0);

  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 10);
  const images = new Uint8Array(count * SIZE * SIZE);
  labels.forEach((digit, index) => {
    const { data } = drawDigit(digit, { seed: Math.floor(random() * 2 ** 32) });
    images.set(data, index * SIZE * SIZE);
  });
  return { count, height: SIZE, width: SIZE, images, labels };
}
