import {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  batchNorm,
  bincount,
  cast,
  clipByValue,
  cumprod,
  cumsum,
  denseBincount,
  dilation2d,
  engine,
  exp,
  expm1,
  floorDiv,
  leakyRelu,
  log1p,
  memory,
  mod,
  neg,
  oneHot,
  prelu,
  reciprocal,
  relu,
  relu6,
  reshape,
  round,
  searchSorted,
  selu,
  sign,
  sinh,
  softplus,
  square,
  step,
  type Tensor,
  tensor,
  tidy,
  topk,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import type { WasmBackend } from '../../../src/backend/wasmBackend';
import { randomSource, relativeError } from '../../training/random';
import { watchMemory } from './watchMemory';

beforeAll(() => useWasmBackend());

let before: number[] = [];
const count = () => [memory().numTensors, engine().backend.numDataIds()];
beforeEach(() => {
  before = count();
});
afterEach(() => expect(count()).toEqual(before));

const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

type Case = readonly [compute: (x: Tensor) => Tensor, expected: (value: number) => number];

const INTEGERS: Readonly<Record<string, Case>> = {
  abs: [abs, Math.abs],
  neg: [neg, (value) => 0 - value],
  relu: [relu, (value) => Math.max(0, value)],
  relu6: [relu6, (value) => Math.min(6, Math.max(0, value))],
  round: [round, (value) => value],
  sign: [sign, Math.sign],
  square: [square, (value) => value * value],
  step: [step, (value) => (value > 0 ? 1 : 0)],
  clipByValue: [(x) => clipByValue(x, 0, 1), (value) => Math.min(1, Math.max(0, value))],
};

const BOOL_FLOATS: Readonly<Record<string, Case>> = {
  acos: [acos, Math.acos],
  asin: [asin, Math.asin],
  atan: [atan, Math.atan],
  atanh: [(x) => atanh(x), Math.atanh],
  exp: [exp, Math.exp],
  expm1: [expm1, Math.expm1],
  leakyRelu: [(x) => leakyRelu(x, 0.3), (value) => (value > 0 ? value : 0.3 * value)],
  selu: [selu, (value) => SELU.scale * (value > 0 ? value : SELU.alpha * Math.expm1(value))],
  sinh: [sinh, Math.sinh],
  softplus: [softplus, (value) => Math.log1p(Math.exp(value))],
};

const FLOATS: Readonly<Record<string, Case>> = {
  acosh: [acosh, Math.acosh],
  asinh: [asinh, Math.asinh],
  log1p: [log1p, Math.log1p],
  reciprocal: [reciprocal, (value) => 1 / value],
};

const whole = (length: number, at: number) => ((at * 7) % length) - Math.floor(length / 3);

function expectCase(
  [compute, expected]: Case,
  values: readonly number[],
  from: 'bool' | 'int32',
  to: string,
) {
  const [output] = watchMemory(() => compute(tensor([...values], [values.length], from)));
  expect(output!.dtype).toBe(to);
  values.forEach((value, at) => {
    const right = Math.fround(expected(value));
    if (Number.isFinite(right)) expect(output!.values[at]).toBeCloseTo(right, 5);
    else expect(output!.values[at]).toBe(right);
  });
}

describe('arithmetic', () => {
  const truths = Array.from({ length: 37 }, (_, at) => (at % 3) & 1);
  const numbers = Array.from({ length: 37 }, (_, at) => whole(37, at));

  it.each(Object.keys(INTEGERS))('takes truth values as 0 and 1: %s', (name) => {
    expectCase(INTEGERS[name]!, truths, 'bool', 'int32');
    expectCase(INTEGERS[name]!, numbers, 'int32', 'int32');
  });

  it.each(Object.keys(BOOL_FLOATS))('takes truth values as 0 and 1, and gives floats: %s', (name) => {
    expectCase(BOOL_FLOATS[name]!, truths, 'bool', 'float32');
  });

  it.each(Object.keys(FLOATS))('takes truth values and whole numbers: %s', (name) => {
    expectCase(FLOATS[name]!, truths, 'bool', 'float32');
    expectCase(FLOATS[name]!, numbers, 'int32', 'float32');
  });

  it('takes two lists of truth values', () => {
    const a = () => tensor([1, 0, 1], [3], 'bool');
    const b = () => tensor([1, 1, 1], [3], 'bool');
    const quarter = Math.fround(Math.PI / 4);
    expect(watchMemory(() => floorDiv(a(), b()))).toEqual([
      { dtype: 'int32', shape: [3], values: [1, 0, 1] },
    ]);
    expect(watchMemory(() => mod(a(), b()))).toEqual([{ dtype: 'int32', shape: [3], values: [0, 0, 0] }]);
    expect(watchMemory(() => atan2(a(), b()))).toEqual([
      { dtype: 'float32', shape: [3], values: [quarter, 0, quarter] },
    ]);
  });

  it('takes truth values among others', () => {
    const values = (compute: () => Tensor | Tensor[]) => watchMemory(compute).map((output) => output.values);
    const x = () => tensor([1, 0, 1, 1, 0, 0], [2, 3], 'bool');
    const flags = () => tensor([1, 0, 1], [3], 'bool');
    const bins = () => tensor([1, 0, 2], [3], 'int32');
    expect(
      values(() => {
        const { values: largest, indices } = topk(x(), 2);
        return [largest, indices];
      }),
    ).toEqual([
      [1, 1, 1, 0],
      [0, 2, 0, 1],
    ]);
    expect(values(() => searchSorted(tensor([0, 1, 1], [3], 'bool'), flags()))).toEqual([[1, 0, 1]]);
    expect(values(() => bincount(bins() as never, flags() as never, 4))).toEqual([[0, 1, 1, 0]]);
    expect(
      values(() => denseBincount(reshape(bins(), [1, 3]) as never, reshape(flags(), [1, 3]) as never, 4)),
    ).toEqual([[0, 1, 1, 0]]);
    const image = () => reshape(x(), [1, 2, 3, 1]) as never;
    const filter = () => tensor([1, 0], [1, 2, 1], 'bool') as never;
    expect(values(() => dilation2d(image(), filter(), 1, 'valid'))).toEqual([[2, 1, 2, 1]]);
  });

  it.each(['bool', 'int32'] as const)('normalizes %s', (dtype) => {
    const [output] = watchMemory(() =>
      batchNorm(
        tensor([1, 0, 1, 1], [2, 2], dtype),
        tensor([1, 0], [2], dtype) as never,
        tensor([3, 3]) as never,
        tensor([1, 1], [2], dtype) as never,
        undefined,
        1,
      ),
    );
    expect(output).toEqual({ dtype: 'float32', shape: [2, 2], values: [1, 1, 1, 1.5] });
  });
});

describe('one-hot rows', () => {
  it('are of the type that was asked for', () => {
    const rows = (dtype: 'float32' | 'int32' | 'bool') =>
      watchMemory(() => oneHot(tensor([1, 0, 3, -1], [4], 'int32'), 3, 1, 0, dtype));
    for (const dtype of ['float32', 'int32', 'bool'] as const) {
      expect(rows(dtype)).toEqual([{ dtype, shape: [4, 3], values: [0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] }]);
    }
  });

  it('have other values than 0 and 1', () => {
    const [output] = watchMemory(() => oneHot(tensor([[1], [0]], [2, 1], 'int32'), 2, 0.75, 0.25, 'float32'));
    expect(output).toEqual({ dtype: 'float32', shape: [2, 1, 2], values: [0.25, 0.75, 0.75, 0.25] });
  });
});

describe('running sums and products', () => {
  it('go along the last axis', () => {
    const x = () => tensor([1, 2, 3, 4], [2, 2]);
    expect(watchMemory(() => cumsum(x(), -1))[0]!.values).toEqual([1, 3, 3, 7]);
    expect(watchMemory(() => cumprod(x(), -1))[0]!.values).toEqual([1, 2, 3, 12]);
    expect(watchMemory(() => cumsum(x(), -2))[0]!.values).toEqual([1, 2, 4, 6]);
  });

  it('have no other axes', () => {
    tidy(() => {
      const x = tensor([1, 2]);
      expect(() => cumsum(x, 1)).toThrow('must be in range [-1, 1) but got axis 1');
      expect(() => cumprod(x, -2)).toThrow('must be in range [-1, 1) but got axis -2');
    });
  });

  it('are what loops sum and multiply, along each axis, counted from either end', () => {
    const { whole: pickWhole, floats, pick } = randomSource(11);
    for (let round = 0; round < 150; round++) {
      const shape = Array.from({ length: pickWhole(1, 4) }, () => pickWhole(1, 4));
      const axis = pickWhole(0, shape.length - 1);
      const given = pick([axis, axis - shape.length]);
      const [isProduct, exclusive, reverse] = [pick([true, false]), pick([true, false]), pick([true, false])];
      const [count, step] = [shape[axis]!, shape.slice(axis + 1).reduce((total, size) => total * size, 1)];
      const values = floats(shape.reduce((total, size) => total * size, 1));
      const expected = Array.from(values, (_, at) => {
        const place = Math.floor(at / step) % count;
        let total = isProduct ? 1 : 0;
        for (let other = 0; other < count; other++) {
          const isBefore = reverse ? other > place : other < place;
          if (!isBefore && (exclusive || other !== place)) continue;
          const value = values[at + (other - place) * step]!;
          total = isProduct ? total * value : total + value;
        }
        return total;
      });
      const run = isProduct ? cumprod : cumsum;
      const [output] = watchMemory(() => run(tensor(values, shape), given, exclusive, reverse));
      const message = JSON.stringify({ shape, given, isProduct, exclusive, reverse });
      expect(output!.shape, message).toEqual(shape);
      expect(relativeError(output!.values, expected), message).toBeLessThan(1e-5);
    }
  });
});

describe('PReLU', () => {
  it('has slopes of whole numbers', () => {
    const slopes = () => tensor([2, 3], [2], 'int32');
    expect(watchMemory(() => prelu(tensor([-1, -2]), slopes()))[0]!.values).toEqual([-2, -6]);
    expect(watchMemory(() => prelu(cast(tensor([-1, -2]), 'int32'), slopes()))[0]!.values).toEqual([-2, -6]);
  });
});

describe('the watch over memory', () => {
  it('sees what is written beyond a tensor, and what was never written', () => {
    const { wasm, dataIdMap } = engine().backend as unknown as WasmBackend;
    const endOf = ({ dataId }: Tensor) => dataIdMap.get(dataId).memoryOffset + 4;
    expect(() =>
      watchMemory(() => {
        const x = tensor([1]);
        wasm.HEAPU8[endOf(x)] = 1;
        return x;
      }),
    ).toThrow('memory beyond a tensor was written to');
    expect(() =>
      watchMemory(() => {
        const x = tensor([1, 2]);
        wasm.HEAPU8[endOf(x)] = wasm.HEAPU8[endOf(x) + 4]!;
        return x;
      }),
    ).toThrow('memory that was never written came out');
  });
});
