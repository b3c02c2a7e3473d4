import { describeValue } from '../../common/errors';
import { HOW_TO_DECODE } from '../../common/howToDecode';
import type { Bytes, RgbaImage } from '../../common/types';
import { encodeRgba } from './encodeRgba';

/**
 * Encodes raw pixels as a PNG file: what `renderRgba` and `renderOverlay` return. Colours are exact; indexed where there are
 * up to 256 of them.
 *
 * @param image Its data is 4 bytes a pixel, row-major.
 * @returns The bytes of the file.
 * @throws TypeError if `image` is none; RangeError if its data does not fill its size.
 */
export function encodeImage(image: RgbaImage): Bytes {
  const { width, height, data } = image ?? {};
  const isImage = Number.isSafeInteger(width) && Number.isSafeInteger(height) && ArrayBuffer.isView(data);
  if (!isImage) {
    throw new TypeError(
      `image: expected { width, height, data }, got ${describeValue(image)}; ${HOW_TO_DECODE}`,
    );
  }
  if (width < 1 || height < 1 || data.length !== width * height * 4) {
    throw new RangeError(
      `image: expected 4 bytes for each of ${width} × ${height} pixels, at least one, got ${data.length}`,
    );
  }
  return encodeRgba({ width, height, data: new Uint8ClampedArray(data) }, 6);
}
