import type { Tensor } from '@tensorflow/tfjs-core';
import type { PixelArray, PixelImage } from '../common/types';
import type { EncodedImage } from './files/EncodedImage';

/** Numbers with a shape: `[height, width]`, `[height, width, channels]` or `[batch, height, width, channels]`. */
export interface ShapedArray {
  readonly data: PixelArray;
  readonly shape: readonly number[];
}

/** Rows of values, rows of pixels, or images of rows of pixels. */
export type NestedNumbers = readonly number[][] | readonly number[][][] | readonly number[][][][];

/** Something that a page can draw: an image, canvas, video or `ImageBitmap`. Canvases for Node fit too. */
export interface DrawableImage {
  readonly width: unknown;
  readonly height: unknown;
  /** Never pixels, which are a {@link PixelImage}; canvases for Node have a method of this name. */
  readonly data?: () => unknown;
  readonly shape?: never;
}

/** Everything that can be looked at, image files that have been read among it. A tensor has rank 2, 3 or 4, as a {@link ShapedArray} has. */
export type ImageInput = Tensor | PixelImage | ShapedArray | NestedNumbers | DrawableImage | EncodedImage;

/**
 * What a network is given: an image; numbers of another shape for an input that takes no images; for a network with several
 * inputs, a list with an entry for each, or an object with their names as keys.
 */
export type NetworkInput = ImageInput | readonly ImageInput[] | Readonly<Record<string, ImageInput>>;
