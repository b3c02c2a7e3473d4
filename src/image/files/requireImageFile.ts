import { findDamage } from './findDamage';
import { findSvgFault } from './findSvgFault';
import type { ImageName } from './ImageName';
import { measureImage } from './measureImage';
import { measureSvg } from './measureSvg';
import { describeOther, type ImageFormat, recognizeFormat } from './recognizeFormat';

/**
 * Checks an image file before a decoder gets it: that it is one, that nothing of it is missing, and that it says it has no
 * more pixels than it may.
 *
 * @returns What it is.
 * @throws Error naming the file if it is no image or is damaged; RangeError if it has no pixels or too many.
 */
export function requireImageFile(
  file: Uint8Array,
  { argument, got }: ImageName,
  maxPixels: number,
): ImageFormat {
  const format = recognizeFormat(file);
  if (format === undefined) {
    throw new Error(
      `${argument}: expected an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got ${got}, ${describeOther(file)}`,
    );
  }
  const text = format === 'SVG' ? new TextDecoder().decode(file) : '';
  const fault = format === 'SVG' ? findSvgFault(text) : findDamage(file, format);
  if (fault !== undefined) throw new Error(`${argument}: expected a whole image file, got ${got}, ${fault}`);
  const size = format === 'SVG' ? measureSvg(text) : measureImage(file, format);
  if (!size)
    throw new Error(`${argument}: expected a whole image file, got ${got}, which does not say its size`);
  const { width, height } = size;
  if (!(width > 0 && height > 0)) {
    throw new RangeError(
      `${argument}: expected an image file of at least 1 × 1 pixels, got ${got} of ${width} × ${height}`,
    );
  }
  if (width * height > maxPixels) {
    throw new RangeError(
      `${argument}: expected at most ${maxPixels} pixels, got ${got} of ${width} × ${height}; pass a larger maxPixels if it is to be read`,
    );
  }
  return format;
}
