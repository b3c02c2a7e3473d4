import type { layers } from '@tensorflow/tfjs-layers';

/**
 * Counts the numbers that a layer has learnt or keeps, biases included.
 *
 * `Layer.countParams` refuses the layers in a `Bidirectional`, which have weights but are not marked as built.
 */
export function countParameters({ weights }: Pick<layers.Layer, 'weights'>): number {
  return weights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((size, length) => size * (length ?? 1), 1),
    0,
  );
}
