import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { describeValue, formatShape } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { ImageInput } from './ImageInput';
import type { ImageBatch } from './imageBatch';
import type { Preprocess } from './Preprocess';
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
  /**
   * What becomes of the values once the image has the network's size and channels: what the network was trained with.
   * Floats and nested arrays are on the scale of bytes then, 0..255.
   * @defaultValue `'none'` for a network whose first step rescales or normalizes bytes, or that takes integers, as its
   * activation model says; else `'unit'`. Floats, nested arrays and int32 tensors of other than 1, 3 or 4 channels stay as they are.
   */
  preprocess?: Preprocess | undefined;
  /**
   * How many pixels an image file, or something that a page can draw, may have: checked before anything is allocated. From 1
   * to 2^28.
   * @defaultValue 33554432, which is 2^25
   */
  maxPixels?: number | undefined;
}

export const IMAGE_OPTIONS = {
  resize: true,
  imageBackground: true,
  preprocess: true,
  maxPixels: true,
} as const;

/**
 * Turns any kind of image into the tensor that a model takes: reads it, converts grey, RGB and RGBA into the model's
 * channels, resizes it if asked to, and brings its values into the range that the model takes.
 *
 * @param img Stays the caller's and is not changed.
 * @param inputShape `[batch, height, width, channels]`, `null` for what is open.
 * @param wanted What the model takes, as `preprocess` of an activation model says: for pictures where the options say nothing.
 * @returns Shape `[batch, height, width, channels]`, float32; the caller disposes it.
 * @throws TypeError or RangeError (the promise is rejected) if `img` is no image, is not finite, or does not fit.
 */
export async function imageToTensor(
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions = {},
  wanted: Preprocess = 'unit',
): Promise<Tensor4D> {
  requireOptions(options, IMAGE_OPTIONS);
  requireInputShape(inputShape);
  const { values } = await prepareImage(img, inputShape, options, wanted);
  return tensor4d(values.data, [values.batch, values.height, values.width, values.channels]);
}

/** An image as a network gets it, and as the picture that it was just before its values were preprocessed. */
export interface PreparedImage {
  readonly values: ImageBatch;
  readonly picture: ImageBatch;
}

/** Does what {@link imageToTensor} does, short of the tensor. */
export async function prepareImage(
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions,
  wanted: Preprocess = 'unit',
): Promise<PreparedImage> {
  const { resize = false, imageBackground = 'black' } = options;
  requireResize(resize);
  const original = await readImage(img, options.preprocess, wanted, options.maxPixels);
  const [batch = null, height = null, width = null, channels = null] = inputShape;
  const size = {
    height: height ?? original.height,
    width: width ?? original.width,
    channels: channels ?? original.channels,
  };
  const complain = (advice: string): never => {
    const got = formatShape([original.height, original.width, original.channels]);
    throw new RangeError(
      `img: expected ${formatShape([height, width, channels])} (height, width, channels), got ${got}; ${advice}`,
    );
  };

  const isFirst = channels !== null && original.height === channels && original.channels > 4;
  if (isFirst) complain('channels come last: turn [channels, height, width] round');

  const sameSize = size.height === original.height && size.width === original.width;
  if (!sameSize && resize === false) complain('pass resize: true to have it resized');
  if (batch !== null && batch !== original.batch) {
    throw new RangeError(`img: expected a batch of ${batch}, got ${original.batch}`);
  }
  // What most images do not need is loaded when one does; a background is checked wherever there is one.
  const asIs = sameSize && size.channels === original.channels && options.imageBackground === undefined;
  const picture = asIs
    ? original
    : (await import('./fitImages')).fitImages(original, size, imageBackground, resize === 'antialias');
  if (!picture) return complain('only grey, RGB and RGBA are converted into each other');
  const { preprocess } = original;
  if (preprocess === undefined) return { values: picture, picture };
  const { preprocessImages } = await import('./preprocessImages');
  return { values: preprocessImages(picture, preprocess), picture };
}

/** @throws TypeError unless `resize` is one of the ways to resize. */
export function requireResize(resize: unknown): void {
  if (typeof resize === 'boolean' || resize === 'antialias') return;
  throw new TypeError(`resize: expected true, false or 'antialias', got ${describeValue(resize)}`);
}

/** Values of a batch at the most: 2 GiB of float32. */
const MOST_VALUES = 2 ** 29;

function requireInputShape(shape: unknown): void {
  const isSize = (size: unknown) => size === null || (Number.isSafeInteger(size) && (size as number) >= 1);
  const isShape = Array.isArray(shape) && shape.length === 4 && [...shape].every(isSize);
  if (isShape && shape.reduce((product, size) => product * (size ?? 1), 1) <= MOST_VALUES) return;
  throw new (isShape ? RangeError : TypeError)(
    `inputShape: expected [batch, height, width, channels], sizes or null, ${MOST_VALUES} values at the most, got ${describeValue(shape)}`,
  );
}
