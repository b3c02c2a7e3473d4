import {
  add,
  cast,
  clipByValue,
  einsum,
  fused,
  gather,
  memory,
  stridedSlice,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { randomSource, relativeError, sizeOf } from '../../training/random';

beforeAll(() => useWasmBackend());

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => expect(memory().numTensors).toBe(before));

const ACTIVATIONS: Readonly<Record<string, (value: number, column: number) => number>> = {
  linear: (value) => value,
  relu: (value) => Math.max(0, value),
  relu6: (value) => Math.min(6, Math.max(0, value)),
  sigmoid: (value) => 1 / (1 + Math.exp(-value)),
  elu: (value) => (value > 0 ? value : Math.expm1(value)),
  leakyrelu: (value) => (value > 0 ? value : 0.3 * value),
  prelu: (value, column) => (value > 0 ? value : (column + 1) * 0.1 * value),
};

describe.each(Object.keys(ACTIVATIONS))('fused matrix products with %s', (activation) => {
  it('are the product, the bias and the activation, one after the other', () => {
    const { whole, floats, pick } = randomSource(activation.length);
    for (let round = 0; round < 60; round++) {
      const [rows, length, columns] = [whole(1, 6), whole(1, 120), whole(1, 6)];
      const [transposeA, transposeB] = [pick([true, false]), pick([true, false])];
      const [batchA, batchB] = pick([
        [1, 1],
        [1, 1],
        [3, 3],
        [1, 3],
        [3, 1],
      ]) as [number, number];
      const [a, b] = [floats(batchA * rows * length), floats(batchB * length * columns)];
      const bias = floats(columns);
      const hasBias = pick([true, false]);
      const expected: number[] = [];
      for (let image = 0; image < Math.max(batchA, batchB); image++) {
        const [fromA, fromB] = [
          (batchA > 1 ? image : 0) * rows * length,
          (batchB > 1 ? image : 0) * length * columns,
        ];
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            let sum = hasBias ? bias[column]! : 0;
            for (let at = 0; at < length; at++) {
              const left = a[fromA + (transposeA ? at * rows + row : row * length + at)]!;
              const right = b[fromB + (transposeB ? column * length + at : at * columns + column)]!;
              sum += left * right;
            }
            expected.push(ACTIVATIONS[activation]!(sum, column));
          }
        }
      }
      const values = tidy(() =>
        fused
          .matMul({
            a: tensor(a, transposeA ? [batchA, length, rows] : [batchA, rows, length]),
            b: tensor(b, transposeB ? [batchB, columns, length] : [batchB, length, columns]),
            transposeA,
            transposeB,
            ...(hasBias && { bias: tensor(bias) }),
            activation: activation as 'relu',
            ...(activation === 'leakyrelu' && { leakyreluAlpha: 0.3 }),
            ...(activation === 'prelu' && {
              preluActivationWeights: tensor(Array.from({ length: columns }, (_, at) => (at + 1) * 0.1)),
            }),
          })
          .dataSync(),
      );
      const message = JSON.stringify({
        rows,
        length,
        columns,
        transposeA,
        transposeB,
        batchA,
        batchB,
        hasBias,
      });
      expect(relativeError(values, expected), message).toBeLessThan(1e-5);
    }
  });
});

describe('slices with a stride', () => {
  it('are what loops take, with axes that are taken away and masks, of each type', () => {
    const { whole, pick } = randomSource(5);
    for (let round = 0; round < 400; round++) {
      const shape = Array.from({ length: whole(1, 4) }, () => whole(1, 5));
      const dtype = pick(['float32', 'int32', 'bool'] as const);
      const values = Array.from({ length: sizeOf(shape) }, (_, at) => (dtype === 'bool' ? (at % 3) & 1 : at));
      const shrunk = shape.map(() => pick([true, false, false]));
      const strides = shape.map((_, axis) => (shrunk[axis] ? 1 : pick([1, 1, 2, 3, -1, -2])));
      const begin = shape.map((size, axis) => (shrunk[axis] ? whole(0, size - 1) : whole(-size, size - 1)));
      const masked = shape.map((_, axis) => !shrunk[axis] && pick([true, false]));
      const end = shape.map((size) => whole(-size, size));
      const taken = shape.map((size, axis) => {
        const first = begin[axis]! < 0 ? begin[axis]! + size : begin[axis]!;
        if (shrunk[axis]) return [first];
        const stride = strides[axis]!;
        const given = end[axis]! < 0 ? end[axis]! + size : end[axis]!;
        const last = masked[axis] ? (stride > 0 ? size : -1) : given;
        const places: number[] = [];
        for (let at = first; stride > 0 ? at < last : at > last; at += stride) places.push(at);
        return places;
      });
      const expected = taken
        .reduce<number[]>(
          (offsets, places, axis) =>
            offsets.flatMap((offset) => places.map((place) => offset * shape[axis]! + place)),
          [0],
        )
        .map((offset) => values[offset]!);
      if (expected.length === 0) continue;
      const bits = (flags: readonly boolean[]) =>
        flags.reduce((mask, flag, axis) => mask | (flag ? 1 << axis : 0), 0);
      const output = tidy(() => {
        const sliced = stridedSlice(
          tensor(values, shape, dtype),
          begin,
          end,
          strides,
          0,
          bits(masked),
          0,
          0,
          bits(shrunk),
        );
        return { values: [...sliced.dataSync()], shape: sliced.shape, dtype: sliced.dtype };
      });
      const message = JSON.stringify({ shape, begin, end, strides, masked, shrunk });
      expect(output, message).toEqual({
        values: expected,
        shape: taken.flatMap((places, axis) => (shrunk[axis] ? [] : [places.length])),
        dtype,
      });
    }
  });
});

describe('gathering', () => {
  it('is what loops take, with batch dimensions and without, along each axis', () => {
    const { whole, pick, floats } = randomSource(6);
    for (let round = 0; round < 300; round++) {
      const shape = Array.from({ length: whole(1, 4) }, () => whole(1, 4));
      const batchDims = whole(0, shape.length - 1);
      const axis = whole(batchDims, shape.length - 1);
      const indicesShape = [
        ...shape.slice(0, batchDims),
        ...Array.from({ length: whole(batchDims === 0 ? 1 : 0, 2) }, () => whole(1, 4)),
      ];
      if (indicesShape.length === 0) continue;
      const dtype = pick(['float32', 'int32'] as const);
      const values =
        dtype === 'int32'
          ? Int32Array.from(floats(sizeOf(shape)), (value) => value * 99)
          : floats(sizeOf(shape));
      const indices = Int32Array.from({ length: sizeOf(indicesShape) }, () => whole(0, shape[axis]! - 1));
      const [batches, outer, inner] = [
        sizeOf(shape.slice(0, batchDims)),
        sizeOf(shape.slice(batchDims, axis)),
        sizeOf(shape.slice(axis + 1)),
      ];
      const count = indices.length / batches;
      const expected: number[] = [];
      for (let batch = 0; batch < batches; batch++)
        for (let row = 0; row < outer; row++)
          for (let at = 0; at < count; at++)
            for (let one = 0; one < inner; one++) {
              const index = indices[batch * count + at]!;
              expected.push(values[((batch * outer + row) * shape[axis]! + index) * inner + one]!);
            }
      const output = tidy(() => [
        ...gather(
          tensor(values, shape, dtype),
          tensor(indices, indicesShape, 'int32'),
          axis,
          batchDims,
        ).dataSync(),
      ]);
      expect(output, JSON.stringify({ shape, indicesShape, axis, batchDims })).toEqual(expected);
    }
  });
});

describe('sums of Einstein', () => {
  it.each([
    'ij,jk->ik',
    'ij,jk->ki',
    'ij->ji',
    'ij->i',
    'ij->',
    'i,j->ij',
    'i,i->',
    'ij,ij->ij',
    'ijk,ikl->ijl',
    'bhqd,bhkd->bhqk',
    'bqhd,bkhd->bhqk',
    'bhqk,bkhd->bqhd',
    'abc,cde->abde',
    'abcd,cde->abe',
    'ij,kl->li',
    'ij,j->i',
    'ij,jk->',
  ])('%s', (equation) => {
    const { whole, floats } = randomSource(equation.length);
    for (let round = 0; round < 8; round++) {
      const [terms, output] = equation.split('->') as [string, string];
      const labels = [...new Set(terms.replace(',', ''))];
      const sizes = new Map(labels.map((label) => [label, whole(1, 4)]));
      const shapes = terms.split(',').map((term) => [...term].map((label) => sizes.get(label)!));
      const values = shapes.map((shape) => floats(sizeOf(shape)));
      const outShape = [...output].map((label) => sizes.get(label)!);
      const expected = new Float64Array(sizeOf(outShape));
      const offset = (term: string, at: ReadonlyMap<string, number>) =>
        [...term].reduce((sum, label) => sum * sizes.get(label)! + at.get(label)!, 0);
      for (let index = 0; index < sizeOf([...sizes.values()]); index++) {
        let rest = index;
        const at = new Map(
          [...sizes].map(([label, size]) => {
            const place = rest % size;
            rest = (rest - place) / size;
            return [label, place];
          }),
        );
        expected[offset(output, at)]! += terms
          .split(',')
          .reduce((product, term, which) => product * values[which]![offset(term, at)]!, 1);
      }
      const result = tidy(() => {
        const summed = einsum(equation, ...values.map((each, which) => tensor(each, shapes[which]!)));
        return { values: summed.dataSync(), shape: summed.shape };
      });
      expect(result.shape).toEqual(outShape);
      expect(relativeError(result.values, expected)).toBeLessThan(1e-5);
    }
  });

  it('refuse what tfjs refuses', () => {
    const two = () => [tensor([1, 2], [1, 2]), tensor([1, 2], [1, 2])] as const;
    expect(() => tidy(() => einsum('ii->i', two()[0]))).toThrow('duplicate axes');
    expect(() => tidy(() => einsum('ij,jk->ik', ...two()))).toThrow('Expected dimension 2');
    expect(() => tidy(() => einsum('...i->i', two()[0]))).toThrow('ellipsis');
  });

  it('give a tensor of their own where nothing is to be done', () => {
    const x = tensor([1, 2], [1, 2]);
    const same = einsum('ij->ij', x);
    x.dispose();
    expect([...same.dataSync()]).toEqual([1, 2]);
    same.dispose();
  });
});

it('casts to bool and limits whole numbers as loops do, and leaves other types as they were', () => {
  const { floats } = randomSource(7);
  const values = floats(200).map((value, at) => (at % 5 === 0 ? 0 : value * 1000));
  const whole = Int32Array.from(values);
  const valuesOf = (compute: () => Tensor) => tidy(() => [...compute().dataSync()]);
  expect(valuesOf(() => cast(tensor(values), 'bool'))).toEqual(
    [...values].map((value) => Number(value !== 0)),
  );
  expect(valuesOf(() => cast(tensor(whole, [200], 'int32'), 'bool'))).toEqual(
    [...whole].map((value) => Number(value !== 0)),
  );
  expect(valuesOf(() => cast(tensor(values), 'int32'))).toEqual([...whole]);
  expect(valuesOf(() => cast(tensor([1, 0], [2], 'bool'), 'float32'))).toEqual([1, 0]);
  expect(valuesOf(() => clipByValue(tensor(whole, [200], 'int32'), -70, 100))).toEqual(
    [...whole].map((value) => Math.max(-70, Math.min(100, value))),
  );
  expect(valuesOf(() => clipByValue(tensor([-1.5, 0.25]), 0, 1))).toEqual([0, 0.25]);
  expect(valuesOf(() => add(cast(tensor([0.5]), 'bool'), tensor([1], [1], 'int32')))).toEqual([2]);
});
