import { parseColor } from '../common/parseColor';
import { convertChannels } from './convertChannels';
import type { ImageBatch } from './imageBatch';
import { resizeImages } from './resizeImages';

/** How many values a pixel has, and how many pixels there are. */
export type ImageSize = Pick<ImageBatch, 'height' | 'width' | 'channels'>;

/**
 * Brings images to the channels and the size of a network.
 *
 * @param imageBackground Colour behind what is transparent.
 * @returns `undefined` if there is no conversion between these numbers of channels.
 * @throws TypeError if `imageBackground` is no colour.
 */
export function fitImages(
  images: ImageBatch,
  { height, width, channels }: ImageSize,
  imageBackground: string,
  antialias: boolean,
): ImageBatch | undefined {
  const converted = convertChannels(images, channels, parseColor('imageBackground', imageBackground));
  return converted && resizeImages(converted, height, width, antialias);
}
