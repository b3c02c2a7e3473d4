import { type Tensor, transpose } from '@tensorflow/tfjs-core';

/** Brings the channels of a tensor from an axis to the end. */
export function moveChannelsLast(tensor: Tensor, axis: number | undefined): Tensor {
  return axis === undefined
    ? tensor
    : transpose(
        tensor,
        toLast(
          tensor.shape.map((_, index) => index),
          axis,
        ),
      );
}

/** Brings the channels of a tensor from the end to an axis. */
export function moveChannelsTo(tensor: Tensor, axis: number | undefined): Tensor {
  if (axis === undefined) return tensor;
  const order = tensor.shape.map((_, index) => index);
  order.splice(axis, 0, order.pop()!);
  return transpose(tensor, order);
}

/** A list, its entry at `axis` moved to the end. */
export function toLast<Entry>(list: readonly Entry[], axis: number | undefined): Entry[] {
  if (axis === undefined) return [...list];
  return [...list.slice(0, axis), ...list.slice(axis + 1), list[axis]!];
}
