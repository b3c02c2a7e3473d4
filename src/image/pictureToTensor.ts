import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { isEncodedImage } from './files/isEncodedImage';
import type { ImageInput } from './ImageInput';
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

/** Turns a picture into the tensor of an input that has no axis of channels, as {@link pictureValues} says. */
export async function pictureToTensor(
  img: ImageInput,
  inputShape: readonly (number | null)[],
  options: ImageOptions,
  wanted?: Preprocess,
): Promise<Tensor> {
  const { pictureValues } = await import('./pictureValues');
  const { data, shape } = await pictureValues(prepareImage, img, inputShape, options, wanted);
  return tensor(data, shape);
}
