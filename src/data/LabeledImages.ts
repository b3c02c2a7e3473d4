import type { IdxArray } from './parseIdx';

/** Grey images of one size, each with a label. */
export interface LabeledImages {
  /** How many images there are. */
  readonly count: number;
  /** Height of every image in pixels. */
  readonly height: number;
  /** Width of every image in pixels. */
  readonly width: number;
  /** `count × height × width` grey bytes, one image after the other, row-major; 0 is black, 255 white. */
  readonly images: Uint8Array;
  /** `count` bytes: what each image shows. For MNIST, the digit 0 to 9. */
  readonly labels: Uint8Array;
}

/**
 * Joins the two files of a set.
 *
 * @throws RangeError if they are not bytes of the shapes `[count, height, width]` and `[count]`.
 */
export function labelImages(images: IdxArray, labels: IdxArray): LabeledImages {
  const [count, height, width, ...more] = images.shape;
  const isPair =
    count !== undefined &&
    height !== undefined &&
    width !== undefined &&
    more.length === 0 &&
    labels.shape.join() === String(count);
  if (!isPair || !(images.data instanceof Uint8Array) || !(labels.data instanceof Uint8Array)) {
    throw new RangeError(
      `images, labels: expected bytes of the shapes [count, height, width] and [count], got [${images.shape}] and [${labels.shape}]`,
    );
  }
  return { count, height, width, images: images.data, labels: labels.data };
}
