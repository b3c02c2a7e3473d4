import type { Tensor } from '@tensorflow/tfjs-core';

/** Numbers that an image may consist of: bytes and 16-bit samples, from black to white, and floats, which stand for themselves. */
export type PixelArray = Uint8Array | Uint8ClampedArray | Uint16Array | Float32Array | Float64Array;

/** Pixels with a size, such as `ImageData` and what `renderRgba` returns: 1 (grey), 3 (RGB) or 4 (RGBA) values each. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly data: PixelArray;
}

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

/** Everything that can be looked at. A tensor has rank 2, 3 or 4, as a {@link ShapedArray} has. */
export type ImageInput = Tensor | PixelImage | ShapedArray | NestedNumbers | DrawableImage;

/**
 * What a network is given: an image; numbers of another shape for an input that takes no images; for a network with several
 * inputs, a list with an entry for each, or an object with their names as keys.
 */
export type NetworkInput = ImageInput | readonly ImageInput[] | Readonly<Record<string, ImageInput>>;
