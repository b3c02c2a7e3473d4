import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { formatShape } from '../common/errors';
import { isEncodedImage } from './files/isEncodedImage';
import type { ImageInput } from './ImageInput';
import { imageShapeOf } from './imageShapeOf';
import { type ImageOptions, prepareImage } from './imageToTensor';
import { isDrawable } from './isDrawable';
import type { Preprocess } from './Preprocess';

/**
 * Whether something is a picture, whatever the network takes, and not numbers of a shape: an image file, something drawn, or
 * pixels with width and height.
 */
export function isPicture(img: ImageInput): boolean {
  if (typeof img !== 'object' || img === null || Array.isArray(img)) return false;
  if (isDrawable(img) || isEncodedImage(img)) return true;
  return 'data' in img && 'width' in img && 'height' in img && !('shape' in img);
}

/**
 * Turns a picture into the tensor of an input that has no axis of channels: `[height, width]`, or as many values as a square
 * has. It becomes grey.
 *
 * @param inputShape What the input takes, the batch first, `null` for what is open.
 * @returns float32; the caller disposes it.
 * @throws As `imageToTensor` does; RangeError (the promise is rejected) if the values are those of no square.
 */
export async function pictureToTensor(
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions,
  wanted?: Preprocess,
): Promise<Tensor> {
  const imageShape = imageShapeOf(inputShape);
  if (!imageShape) {
    throw new RangeError(
      `img: expected numbers for the shape ${formatShape(inputShape)}, which is that of no grey picture and no square, got a picture`,
    );
  }
  const { batch, height, width, data } = (await prepareImage(img, imageShape, options, wanted)).values;
  return tensor(data, inputShape.length === 3 ? [batch, height, width] : [batch, height * width]);
}
