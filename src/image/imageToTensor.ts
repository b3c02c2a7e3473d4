import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { describeValue, formatShape } from '../common/errors';
import type { ImageInput } from './ImageInput';
import { readImage } from './readImage';

export interface ImageOptions {
  /**
   * Whether an image of another size is resized to the model's: `true` bilinearly; `'antialias'` so that every pixel
   * counts when a large image becomes a small one.
   * @defaultValue false, and a wrong size is an error
   */
  resize?: boolean | 'antialias' | undefined;
  /**
   * What lies behind the transparent parts of an image with alpha.
   * @defaultValue `'black'`
   */
  imageBackground?: string | undefined;
}

/**
 * Turns any kind of image into the tensor that a model takes: reads it, converts grey, RGB and RGBA into the model's
 * channels, bytes to 0..1, and resizes it if asked to.
 *
 * @param img Stays the caller's and is not changed.
 * @param inputShape `[batch, height, width, channels]`, `null` for what is open.
 * @returns Shape `[batch, height, width, channels]`, float32; the caller disposes it.
 * @throws TypeError or RangeError (the promise is rejected) if `img` is no image, is not finite, or does not fit.
 */
export async function imageToTensor(
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions = {},
): Promise<Tensor4D> {
  const { resize = false, imageBackground = 'black' } = options;
  if (typeof resize !== 'boolean' && resize !== 'antialias') {
    throw new TypeError(`resize: expected true, false or 'antialias', got ${describeValue(resize)}`);
  }
  const original = await readImage(img);
  const [batch = null, height = null, width = null, channels = null] = inputShape;
  const size = {
    height: height ?? original.height,
    width: width ?? original.width,
    channels: channels ?? original.channels,
  };
  const got = formatShape([original.height, original.width, original.channels]);
  const expected = `img: expected ${formatShape([height, width, channels])} (height, width, channels), got ${got}`;

  const sameSize = size.height === original.height && size.width === original.width;
  if (!sameSize && resize === false) {
    throw new RangeError(`${expected}; pass resize: true to have it resized`);
  }
  if (batch !== null && batch !== original.batch) {
    throw new RangeError(`img: expected a batch of ${batch}, got ${original.batch}`);
  }
  // What most images do not need is loaded when one does; a background is checked wherever there is one.
  const asIs = sameSize && size.channels === original.channels && options.imageBackground === undefined;
  const images = asIs
    ? original
    : (await import('./fitImages')).fitImages(original, size, imageBackground, resize === 'antialias');
  if (!images) throw new RangeError(`${expected}; only grey, RGB and RGBA are converted into each other`);
  return tensor4d(images.data, [images.batch, size.height, size.width, size.channels]);
}
