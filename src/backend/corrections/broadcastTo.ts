import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Workbench } from './composeKernels';

/**
 * Repeats values along the axes on which they have one and another shape has several.
 *
 * @param shape One that the values fit to by the rules of broadcasting.
 */
export function broadcastTo({ run }: Workbench, values: TensorInfo, shape: readonly number[]): TensorInfo {
  const own = [...new Array<number>(shape.length - values.shape.length).fill(1), ...values.shape];
  const reps = shape.map((size, axis) => (own[axis] === size ? 1 : size));
  if (reps.every((count) => count === 1)) return { ...values, shape: own };
  return run('Tile', { x: { ...values, shape: own } }, { reps });
}

/**
 * Whether values that are read again and again from the first to the last are what broadcasting makes of them: `[3, 2]` in
 * `[4, 3, 2]` are, `[4, 1, 2]` are not.
 */
export function repeatInOrder(values: readonly number[], shape: readonly number[]): boolean {
  const first = values.findIndex((size) => size !== 1);
  const rest = first < 0 ? [] : values.slice(first);
  return rest.every((size, axis) => size === shape[shape.length - rest.length + axis]);
}
