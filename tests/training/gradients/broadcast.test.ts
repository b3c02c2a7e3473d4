import { matMul, maximum, minimum, squaredDifference, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { relativeError, sizeOf } from '../random';
import { gradientsOn, PLACES } from './gradientsOn';
import { randomValues } from './windows3d';

const SHAPES = [
  [[2, 3], [3]],
  [[3], [2, 3]],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [[2, 3], []],
  [
    [2, 3],
    [2, 3],
  ],
] as const;

/** Places in arrays of such shapes that an output of shape `out` is made of, broadcast. */
function placeOf(at: number, out: readonly number[], shape: readonly number[]): number {
  let [rest, place, step] = [at, 0, 1];
  for (let axis = 1; axis <= out.length; axis++) {
    const along = rest % out.at(-axis)!;
    rest = Math.floor(rest / out.at(-axis)!);
    const length = axis <= shape.length ? shape.at(-axis)! : 1;
    if (length > 1) place += along * step;
    step *= length;
  }
  return place;
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const of = (shape: readonly number[]) => shape[axis - rank + shape.length] ?? 1;
    return Math.max(of(a), of(b));
  });
}

const OPERATIONS = [
  ['maximum', maximum, (a: number, b: number) => (a >= b ? [1, 0] : [0, 1])],
  ['minimum', minimum, (a: number, b: number) => (a <= b ? [1, 0] : [0, 1])],
  ['squaredDifference', squaredDifference, (a: number, b: number) => [2 * (a - b), 2 * (b - a)]],
] as const;

describe.each(PLACES)('gradients of what is broadcast, %s', (place) => {
  it('are summed', async () => {
    const a = { values: Float32Array.of(1, 5, 3, 2), shape: [2, 2] };
    const b = { values: Float32Array.of(2, 4), shape: [2] };
    const dy = { values: Float32Array.of(1, 10, 100, 1000), shape: [2, 2] };
    const gradients = await gradientsOn(place, maximum as (a: Tensor, b: Tensor) => Tensor, [a, b], dy);
    expect(gradients.map((gradient) => [...gradient])).toEqual([
      [0, 10, 100, 0],
      [1, 1000],
    ]);
  });

  for (const [name, operation, slopes] of OPERATIONS) {
    it.each(SHAPES)(`are those of plain loops: ${name} of %j and %j`, async (aShape, bShape) => {
      const out = broadcastShape(aShape, bShape);
      const [a, b, dy] = [randomValues(1, aShape), randomValues(2, bShape), randomValues(3, out)];
      const expected = [new Float64Array(a.values.length), new Float64Array(b.values.length)] as const;
      for (let at = 0; at < dy.values.length; at++) {
        const [fromA, fromB] = [placeOf(at, out, aShape), placeOf(at, out, bShape)];
        const [ofA, ofB] = slopes(a.values[fromA]!, b.values[fromB]!);
        expected[0][fromA]! += ofA! * dy.values[at]!;
        expected[1][fromB]! += ofB! * dy.values[at]!;
      }
      const gradients = await gradientsOn(place, operation as (a: Tensor, b: Tensor) => Tensor, [a, b], dy);
      for (const [at, gradient] of gradients.entries()) {
        expect(relativeError(gradient, expected[at]!)).toBeLessThan(2e-6);
      }
    });
  }

  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it.each([
        [[], [2]],
        [[3], []],
        [[1], [4]],
        [[2, 3], [3]],
        [
          [2, 3],
          [2, 1],
        ],
        [[2], [2]],
      ])(
        `are those of plain loops: matMul of batches %j and %j, turned: ${[transposeA, transposeB]}`,
        async (outerA, outerB) => {
          const [rows, length, columns] = [2, 3, 4];
          const aShape = [...outerA, ...(transposeA ? [length, rows] : [rows, length])];
          const bShape = [...outerB, ...(transposeB ? [columns, length] : [length, columns])];
          const outer = broadcastShape(outerA, outerB);
          const [a, b] = [randomValues(1, aShape), randomValues(2, bShape)];
          const dy = randomValues(3, [...outer, rows, columns]);
          const expected = [new Float64Array(a.values.length), new Float64Array(b.values.length)] as const;
          for (let batch = 0; batch < sizeOf(outer); batch++) {
            const startA = placeOf(batch, outer, outerA) * rows * length;
            const startB = placeOf(batch, outer, outerB) * length * columns;
            for (let row = 0; row < rows; row++) {
              for (let column = 0; column < columns; column++) {
                const upstream = dy.values[(batch * rows + row) * columns + column]!;
                for (let at = 0; at < length; at++) {
                  const fromA = startA + (transposeA ? at * rows + row : row * length + at);
                  const fromB = startB + (transposeB ? column * length + at : at * columns + column);
                  expected[0][fromA]! += upstream * b.values[fromB]!;
                  expected[1][fromB]! += upstream * a.values[fromA]!;
                }
              }
            }
          }
          const product = (one: Tensor, other: Tensor) => matMul(one, other, transposeA, transposeB);
          const gradients = await gradientsOn(place, product, [a, b], dy);
          for (const [at, gradient] of gradients.entries()) {
            expect(relativeError(gradient, expected[at]!)).toBeLessThan(2e-6);
          }
        },
      );
    }
  }
});
