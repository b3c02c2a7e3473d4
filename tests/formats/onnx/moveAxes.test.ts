import { expect, it } from 'vitest';
import { moveAxes } from '../../../src/formats/onnx/graph/moveAxes';

/** What numpy's `transpose` does, value by value. */
function moveSlowly(values: Int32Array, shape: readonly number[], order: readonly number[]): number[] {
  const wanted = order.map((axis) => shape[axis]!);
  return Array.from(values, (_, at) => {
    const place = new Map<number, number>();
    let rest = at;
    for (let axis = wanted.length - 1; axis >= 0; axis--) {
      place.set(order[axis]!, rest % wanted[axis]!);
      rest = Math.floor(rest / wanted[axis]!);
    }
    return values[shape.reduce((index, size, axis) => index * size + place.get(axis)!, 0)]!;
  });
}

it.each([
  { shape: [2, 3], order: [1, 0], what: 'fewer than are written at a time' },
  { shape: [16, 5], order: [1, 0], what: 'as many as are written at a time' },
  { shape: [37, 6], order: [1, 0], what: 'some more' },
  { shape: [40, 3, 3, 2], order: [2, 3, 1, 0], what: 'a kernel' },
  { shape: [18, 1, 3, 3], order: [2, 3, 0, 1], what: 'a kernel of single channels' },
  { shape: [3, 20, 2, 2], order: [2, 3, 0, 1], what: 'a kernel that is turned' },
  { shape: [2, 3, 4, 5], order: [0, 1, 2, 3], what: 'nothing' },
  { shape: [0, 3], order: [1, 0], what: 'no values' },
])('moves the axes of [$shape] to $order: $what', ({ shape, order }) => {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Int32Array.from({ length: count }, (_, at) => at * 7 + 1);
  // In a file they begin anywhere.
  const bytes = new Uint8Array(4 * count + 3);
  bytes.set(new Uint8Array(values.buffer), 3);
  const moved = new Int32Array(count);
  moveAxes(new DataView(bytes.buffer, 3), shape, order, moved);
  expect([...moved]).toEqual(moveSlowly(values, shape, order));
});
