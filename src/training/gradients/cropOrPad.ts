import { pad, slice, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Adds so many zeros before and after each axis, or takes off as many values where the number is negative.
 *
 * @param edges `[before, after]` of each axis.
 */
export function cropOrPad(x: Tensor, edges: readonly (readonly [number, number])[]): Tensor {
  const less = edges.map(([before, after]) => [Math.max(0, -before), Math.max(0, -after)] as const);
  const isCropped = less.some(([before, after]) => before > 0 || after > 0);
  const begin = less.map(([before]) => before);
  const size = x.shape.map((length, axis) => length - less[axis]![0] - less[axis]![1]);
  const kept = isCropped ? slice(x, begin, size) : x;
  const more = edges.map(([before, after]): [number, number] => [Math.max(0, before), Math.max(0, after)]);
  return more.some(([before, after]) => before > 0 || after > 0) ? pad(kept, more) : kept;
}
