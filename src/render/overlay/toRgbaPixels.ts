import { describeValue } from '../../common/errors';
import { HOW_TO_DECODE } from '../../common/howToDecode';
import type { PixelImage, RgbaImage } from '../../common/types';

/** How far a float may be beyond 0..1, as resizing makes some: half of what a byte can tell apart. */
const TOLERANCE = 0.5 / 255;

/** The number that stands for white in each kind of array. */
const LARGEST: Readonly<Record<string, number>> = {
  Uint8Array: 255,
  Uint8ClampedArray: 255,
  Uint16Array: 65535,
  Float32Array: 1,
  Float64Array: 1,
};

/**
 * Makes RGBA of grey, RGB or RGBA pixels.
 *
 * @throws TypeError if `img` is no pixels; RangeError if there are not 1, 3 or 4 values a pixel, or a
 * float is not from 0 to 1.
 */
export function toRgbaPixels(img: PixelImage): RgbaImage {
  const kind = Object.prototype.toString.call(img?.data).slice('[object '.length, -1);
  const largest = LARGEST[kind];
  if (largest === undefined) {
    throw new TypeError(
      `img: expected { width, height, data } with a typed array, got ${describeValue(img?.data ?? img)}; ${HOW_TO_DECODE}`,
    );
  }
  const { width, height, data } = img;
  if (![width, height].every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new RangeError(
      `img: expected width and height of at least 1, got ${describeValue(width)} and ${describeValue(height)}`,
    );
  }
  const pixels = width * height;
  const channels = data.length / pixels;
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new RangeError(
      `img: expected ${pixels}, ${3 * pixels} or ${4 * pixels} values for ${width} × ${height} pixels (grey, RGB or RGBA), got ${data.length}`,
    );
  }
  if (largest === 1) {
    const odd = (data as Float32Array).findIndex((value) => !(value >= -TOLERANCE && value <= 1 + TOLERANCE));
    if (odd >= 0) throw new RangeError(`img: expected floats from 0 to 1, got ${data[odd]} at ${odd}`);
  }
  const rgba = new Uint8ClampedArray(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 4; channel++) {
      const at = pixel * channels + (channels === 1 ? 0 : channel);
      rgba[pixel * 4 + channel] = channel === 3 && channels < 4 ? 255 : (data[at]! / largest) * 255;
    }
  }
  return { width, height, data: rgba };
}
