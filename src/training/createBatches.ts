import { type Tensor2D, type Tensor4D, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import type { LabeledImages } from '../data/LabeledImages';

/** Some images as a network takes them. The caller disposes both tensors. */
export interface Batch {
  /** float32, `[size, height, width, 1]`, 0..1 unless the network takes other values. */
  readonly images: Tensor4D;
  /** float32, `[size, 1]`: the classes, as tfjs-layers wants them. */
  readonly labels: Tensor2D;
}

/**
 * Makes the function that turns images of a set into a batch. Until then they stay bytes: a set of 60,000 would be
 * 190 MB as numbers.
 *
 * One buffer serves for all batches, so that a batch must have been used and disposed before the next is made: some
 * backends read it only when the tensor is first used.
 *
 * @param largest How many images the largest batch has.
 * @param values What each of the 256 bytes becomes; by default 0..1.
 */
export function createBatches(
  data: LabeledImages,
  largest: number,
  values?: Float32Array | undefined,
): (indices: Uint32Array | readonly number[]) => Batch {
  const { height, width } = data;
  const size = height * width;
  const pixels = new Float32Array(largest * size);
  const classes = new Float32Array(largest);
  return (indices) => {
    for (let at = 0; at < indices.length; at++) {
      const from = indices[at]! * size;
      const to = at * size;
      for (let pixel = 0; pixel < size; pixel++) {
        const byte = data.images[from + pixel]!;
        pixels[to + pixel] = values ? values[byte]! : byte / 255;
      }
      classes[at] = data.labels[indices[at]!]!;
    }
    return {
      images: tensor4d(pixels.subarray(0, indices.length * size), [indices.length, height, width, 1]),
      labels: tensor2d(classes.subarray(0, indices.length), [indices.length, 1]),
    };
  };
}
