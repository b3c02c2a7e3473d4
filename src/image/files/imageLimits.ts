import { describeValue } from '../../common/errors';

/** Pixels at the most: as floats, four a pixel, they take half a gigabyte, and a page that asks for more may just end. */
export const MAX_PIXELS = 2 ** 25;

/** What a caller may raise it to: the drawing library ends the process where it cannot allocate a picture. */
const LARGEST = 2 ** 28;

/**
 * Returns how many pixels an image may have.
 *
 * @throws RangeError if `maxPixels` is no whole number from 1 to 2^28.
 */
export function requireMaxPixels(maxPixels: unknown = MAX_PIXELS): number {
  if (Number.isSafeInteger(maxPixels) && Number(maxPixels) >= 1 && Number(maxPixels) <= LARGEST) {
    return Number(maxPixels);
  }
  throw new RangeError(
    `maxPixels: expected a whole number from 1 to ${LARGEST}, got ${describeValue(maxPixels)}`,
  );
}

/** Bytes that a file of so many pixels has at the most: four samples of 16 bits a pixel, and 16 MB for what is no pixel. */
export function largestFile(maxPixels: number): number {
  return maxPixels * 8 + 2 ** 24;
}
