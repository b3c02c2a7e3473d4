import { engine, fused, matMul, memory, reshape, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { randomSource, relativeError, sizeOf } from '../../training/random';
import { watchMemory } from './watchMemory';

beforeAll(() => useWasmBackend());

let before: number[] = [];
const count = () => [memory().numTensors, engine().backend.numDataIds()];
beforeEach(() => {
  before = count();
});
afterEach(() => expect(count()).toEqual(before));

type Multiply = (a: Tensor, b: Tensor) => Tensor;
const PRODUCTS: Readonly<Record<string, Multiply>> = {
  plain: (a, b) => matMul(a, b),
  fused: (a, b) => fused.matMul({ a, b }) as Tensor,
  'fused with relu': (a, b) => fused.matMul({ a, b, activation: 'relu' }) as Tensor,
};

/** The product of the matrices that stand at two places. */
function multiply(
  a: { values: Float32Array; from: number; transposed: boolean },
  b: { values: Float32Array; from: number; transposed: boolean },
  [rows, length, columns]: readonly [number, number, number],
): number[] {
  return Array.from({ length: rows * columns }, (_, cell) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    let sum = 0;
    for (let at = 0; at < length; at++) {
      const left = a.values[a.from + (a.transposed ? at * rows + row : row * length + at)]!;
      const right = b.values[b.from + (b.transposed ? column * length + at : at * columns + column)]!;
      sum += left * right;
    }
    return sum;
  });
}

describe.each(Object.keys(PRODUCTS))('a %s product with a matrix that was reshaped', (name) => {
  const product = PRODUCTS[name]!;

  it('is that of its shape', () => {
    const [output] = watchMemory(() => {
      const y = tensor([4, 5, 6]);
      product(tensor([[1, 1, 1]]), reshape(y, [3, 1]));
      return product(tensor([[2]]), reshape(y, [1, 3]));
    });
    expect(output!.values).toEqual([8, 10, 12]);
  });

  it('is so after a product of another kind', () => {
    for (const first of Object.values(PRODUCTS)) {
      const [output] = watchMemory(() => {
        const y = tensor([4, 5, 6]);
        first(tensor([[1, 1, 1]]), reshape(y, [3, 1]));
        return product(tensor([[2]]), reshape(y, [1, 3]));
      });
      expect(output!.values).toEqual([8, 10, 12]);
    }
  });

  it('is what loops compute, one shape after the other', () => {
    const { whole, pick, floats } = randomSource(name.length);
    for (let round = 0; round < 20; round++) {
      const values = floats(24);
      const matrix = tensor(values);
      for (let turn = 0; turn < 6; turn++) {
        const [rows, length] = [whole(1, 5), pick([1, 2, 3, 4, 6, 8, 12, 24])];
        const a = floats(rows * length);
        const sums = multiply(
          { values: a, from: 0, transposed: false },
          { values, from: 0, transposed: false },
          [rows, length, 24 / length],
        );
        const expected = name.includes('relu') ? sums.map((sum) => Math.max(0, sum)) : sums;
        const output = tidy(() =>
          product(tensor(a, [rows, length]), reshape(matrix, [length, 24 / length])).dataSync(),
        );
        expect(relativeError(output, expected)).toBeLessThan(1e-5);
      }
      matrix.dispose();
    }
  });
});

describe('products of several matrices with several', () => {
  it('are those of each with each', () => {
    const [output] = watchMemory(() =>
      matMul(tensor([1, 10], [2, 1, 1, 1]), tensor([1, 2, 3], [1, 3, 1, 1])),
    );
    expect(output).toEqual({ dtype: 'float32', shape: [2, 3, 1, 1], values: [1, 2, 3, 10, 20, 30] });
    const [inner] = watchMemory(() =>
      matMul(tensor([1, 2, 3, 4], [2, 2, 1, 1]), tensor([1, 10], [2, 1, 1, 1])),
    );
    expect(inner!.values).toEqual([1, 2, 30, 40]);
  });

  it('are 0 where nothing is summed, and nothing where there are none', () => {
    const ofSize = (shape: number[]) => tensor(new Float32Array(sizeOf(shape)), shape);
    const shapes: [number[], number[], number[]][] = [
      [
        [2, 0],
        [0, 3],
        [2, 3],
      ],
      [
        [1, 2, 0],
        [4, 0, 1],
        [4, 2, 1],
      ],
      [
        [0, 2, 2],
        [1, 2, 3],
        [0, 2, 3],
      ],
      [
        [2, 0, 2],
        [1, 2, 3],
        [2, 0, 3],
      ],
    ];
    for (const [a, b, shape] of shapes) {
      const [output] = watchMemory(() => matMul(ofSize(a), ofSize(b)));
      expect(output).toEqual({ dtype: 'float32', shape, values: new Array(sizeOf(shape)).fill(0) });
    }
  });

  it('are refused where they do not fit', () => {
    tidy(() => {
      const ofSize = (shape: number[]) => tensor(new Float32Array(sizeOf(shape)), shape);
      expect(() => matMul(ofSize([2, 1, 1]), ofSize([3, 1, 1]))).toThrow('could not be broadcast together');
      expect(() => matMul(ofSize([1, 2]), ofSize([1, 2]))).toThrow('inner shapes (2) and (1)');
      expect(() => matMul(ofSize([0, 2]), ofSize([1, 2]))).toThrow('inner shapes (2) and (1)');
    });
  });

  it('are what loops compute, of each rank, transposed or not', () => {
    const { whole, pick, floats } = randomSource(12);
    for (let round = 0; round < 200; round++) {
      const outer = Array.from({ length: whole(0, 3) }, () => whole(1, 3));
      const [outerA, outerB] = [0, 1].map(() =>
        outer.slice(pick([0, 0, whole(0, outer.length)])).map((size) => pick([1, size])),
      ) as [number[], number[]];
      const rank = Math.max(outerA.length, outerB.length);
      const padded = (sizes: number[]) => [...new Array(rank - sizes.length).fill(1), ...sizes] as number[];
      const [longA, longB] = [padded(outerA), padded(outerB)];
      const shape = longA.map((size, axis) => Math.max(size, longB[axis]!));
      const [rows, length, columns] = [whole(1, 4), whole(1, 60), whole(1, 4)];
      const [transposeA, transposeB] = [pick([true, false]), pick([true, false])];
      const a = floats(sizeOf(outerA) * rows * length);
      const b = floats(sizeOf(outerB) * length * columns);
      const matrixAt = (own: number[], index: number) => {
        let [rest, at, step] = [index, 0, 1];
        for (let axis = rank - 1; axis >= 0; axis--) {
          const place = rest % shape[axis]!;
          rest = (rest - place) / shape[axis]!;
          if (own[axis] !== 1) at += place * step;
          step *= own[axis]!;
        }
        return at;
      };
      const expected = Array.from({ length: sizeOf(shape) }, (_, index) =>
        multiply(
          { values: a, from: matrixAt(longA, index) * rows * length, transposed: transposeA },
          { values: b, from: matrixAt(longB, index) * length * columns, transposed: transposeB },
          [rows, length, columns],
        ),
      ).flat();
      const output = tidy(() => {
        const product = matMul(
          tensor(a, [...outerA, ...(transposeA ? [length, rows] : [rows, length])]),
          tensor(b, [...outerB, ...(transposeB ? [columns, length] : [length, columns])]),
          transposeA,
          transposeB,
        );
        return { shape: product.shape, values: product.dataSync() };
      });
      const message = JSON.stringify({ outerA, outerB, transposeA, transposeB });
      expect(output.shape, message).toEqual([...shape, rows, columns]);
      expect(relativeError(output.values, expected), message).toBeLessThan(1e-5);
    }
  });
});
