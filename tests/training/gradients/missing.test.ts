import {
  cumsum,
  depthToSpace,
  einsum,
  engine,
  gather,
  gatherND,
  getGradient,
  getKernel,
  image,
  type KernelFunc,
  registerKernel,
  scatterND,
  stridedSlice,
  type Tensor,
  type Tensor4D,
  tensor,
  unique,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { type Compute, gradientByForward, gradientsOn, PLACES, plainly } from './gradientsOn';
import { randomValues } from './windows3d';

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

/** Checks a gradient of an operation that is linear in its input, and right on WASM. */
async function expectAdjoint(
  place: (typeof PLACES)[number],
  compute: (x: Tensor) => Tensor,
  shape: number[],
  label = '',
): Promise<void> {
  await moveTo(place);
  const outShape = engine().tidy(() => compute(tensor(new Float32Array(sizeOf(shape)), shape)).shape);
  const dy = randomValues(1, outShape);
  const [dx] = await gradientsOn(place, compute, [randomValues(2, shape)], dy);
  const expected = gradientByForward(plainly(compute, shape), sizeOf(shape), dy.values);
  expect(relativeError(dx!, expected), label).toBeLessThan(3e-6);
}

const ones = (...shape: number[]) => ({ values: new Float32Array(sizeOf(shape)).fill(1), shape });
const row = (...values: number[]) => ({ values: Float32Array.from(values), shape: [values.length] });

describe.each(PLACES)('the gradient of a strided slice, %s', (place) => {
  it('goes back to where it was taken from', async () => {
    const slice = (x: Tensor) => stridedSlice(x, [1], [6], [2]);
    const [dx] = await gradientsOn(place, slice, [row(0, 0, 0, 0, 0, 0)], row(1, 2, 3));
    expect([...dx!]).toEqual([0, 1, 0, 2, 0, 3]);
    const back = (x: Tensor) => stridedSlice(x, [4], [0], [-2]);
    const [turned] = await gradientsOn(place, back, [row(0, 0, 0, 0, 0, 0)], row(1, 2));
    expect([...turned!]).toEqual([0, 0, 2, 0, 1, 0]);
  });

  it('knows axes that were taken away or added', async () => {
    // Row 1, its columns by pairs.
    const slice = (x: Tensor) => stridedSlice(x, [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1);
    const [dx] = await gradientsOn(place, slice, [ones(5, 3)], row(4, 5, 6));
    expect([...dx!]).toEqual([0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    await expectAdjoint(place, (x) => stridedSlice(x, [0, 0, 1], [0, 2, 3], [1, 1, 1], 0, 0, 0, 1), [2, 4]);
    await expectAdjoint(place, (x) => stridedSlice(x, [0, 1], [0, 4], [1, 2], 0, 0, 1), [2, 3, 4]);
  });

  it('of nothing is nothing', async () => {
    const [dx] = await gradientsOn(place, (x) => stridedSlice(x, [2], [2], [1]), [row(1, 2, 3)], row());
    expect([...dx!]).toEqual([0, 0, 0]);
  });

  it.each(SEEDS)('is the adjoint of what it does: slice %i', async (seed) => {
    const { whole, pick } = randomSource(seed);
    const shape = Array.from({ length: whole(1, 4) }, () => whole(1, 6));
    const strides = shape.map(() => pick([1, 1, 2, 3, -1, -2]));
    const begin = shape.map((length) => whole(-length, length - 1));
    const end = shape.map((length) => whole(-length, length));
    const masks = [whole(0, 2 ** shape.length - 1), whole(0, 2 ** shape.length - 1)] as const;
    const slice = (x: Tensor) => stridedSlice(x, begin, end, strides, ...masks);
    await expectAdjoint(place, slice, shape, `${shape}: ${begin} to ${end} by ${strides}, masks ${masks}`);
  });
});

/** A kernel in plain loops, where the backend has none. */
const einsumByLoops: KernelFunc = ({ inputs, attrs, backend }) => {
  const factors = Object.values(inputs as unknown as Record<string, { dataId: object; shape: number[] }>);
  const { equation } = attrs as unknown as { equation: string };
  const [left, right] = equation.replaceAll(' ', '').split('->') as [string, string];
  const terms = left.split(',');
  const lengths = new Map<string, number>();
  for (const [at, term] of terms.entries()) {
    for (const [axis, letter] of [...term].entries()) lengths.set(letter, factors[at]!.shape[axis]!);
  }
  const letters = [...lengths.keys()];
  const place = (term: string, point: ReadonlyMap<string, number>) =>
    [...term].reduce((offset, letter) => offset * lengths.get(letter)! + point.get(letter)!, 0);
  const shape = [...right].map((letter) => lengths.get(letter)!);
  const out = new Float32Array(sizeOf(shape));
  const wasm = backend as unknown as {
    readSync(id: object): Float32Array;
    write(values: Float32Array, shape: number[], dtype: string): object;
  };
  const values = factors.map(({ dataId }) => wasm.readSync(dataId));
  for (let at = 0; at < sizeOf([...lengths.values()]); at++) {
    let rest = at;
    const point = new Map<string, number>();
    for (const letter of letters) {
      point.set(letter, rest % lengths.get(letter)!);
      rest = Math.floor(rest / lengths.get(letter)!);
    }
    const product = terms.reduce((all, term, index) => all * values[index]![place(term, point)]!, 1);
    out[place(right, point)]! += product;
  }
  return { dataId: wasm.write(out, shape, 'float32'), shape, dtype: 'float32' };
};

describe.each(PLACES)('the gradient of einsum, %s', (place) => {
  beforeAll(async () => {
    await moveTo(place);
    if (getKernel('Einsum', 'wasm')) return;
    registerKernel({ kernelName: 'Einsum', backendName: 'wasm', kernelFunc: einsumByLoops });
  });

  it('is that of a product of matrices', async () => {
    const a = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    const b = { values: Float32Array.of(5, 6, 7, 8), shape: [2, 2] };
    const product = (one: Tensor, other: Tensor) => einsum('ij,jk->ik', one, other);
    const [da, db] = await gradientsOn(place, product, [a, b], ones(2, 2));
    expect([...da!]).toEqual([11, 15, 11, 15]);
    expect([...db!]).toEqual([4, 4, 6, 6]);
  });

  it.each([
    ['ij->ji', [[2, 3]]],
    ['ijk->j', [[2, 3, 2]]],
    ['ij->', [[2, 3]]],
    ['i,i->', [[3], [3]]],
    ['i,j->ij', [[2], [3]]],
    [
      'bij, bjk -> bik',
      [
        [2, 3, 2],
        [2, 2, 4],
      ],
    ],
    [
      'bhqd,bkhd->bhqk',
      [
        [1, 2, 3, 2],
        [1, 4, 2, 2],
      ],
    ],
    [
      'aecd,abcd->acbe',
      [
        [2, 2, 3, 2],
        [2, 3, 3, 2],
      ],
    ],
    [
      'abc,cde->abde',
      [
        [2, 3, 4],
        [4, 2, 2],
      ],
    ],
    ['ij,k->k', [[2, 3], [4]]],
  ] as const)('is the adjoint of %s', async (equation, shapes) => {
    const compute = (...factors: Tensor[]) => einsum(equation, ...factors);
    const inputs = shapes.map((shape, at) => randomValues(at, shape));
    await moveTo(place);
    const plain = (at: number) => (x: Tensor) =>
      compute(...inputs.map(({ values, shape }, index) => (index === at ? x : tensor(values, [...shape]))));
    const size = plainly(plain(0), inputs[0]!.shape)(inputs[0]!.values).length;
    const [, right] = equation.replaceAll(' ', '').split('->') as [string, string];
    const terms = equation.replaceAll(' ', '').split('->')[0]!.split(',');
    const lengthOf = (letter: string) => {
      const term = terms.findIndex((letters) => letters.includes(letter));
      return shapes[term]![terms[term]!.indexOf(letter)]!;
    };
    const dy = randomValues(9, [...right].map(lengthOf));
    expect(size).toBe(dy.values.length);
    const gradients = await gradientsOn(place, compute, inputs, dy);
    for (const [at, gradient] of gradients.entries()) {
      const { shape } = inputs[at]!;
      const expected = gradientByForward(plainly(plain(at), shape), sizeOf(shape), dy.values);
      expect(relativeError(gradient, expected)).toBeLessThan(3e-6);
    }
  });
});

describe.each(PLACES)('other gradients that were missing, %s', (place) => {
  it('has that of depthToSpace', async () => {
    const spread = (x: Tensor) => depthToSpace(x as Tensor4D, 2, 'NHWC') as Tensor;
    const dy = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [1, 2, 4, 1] };
    const [dx] = await gradientsOn(place, spread, [ones(1, 1, 2, 4)], dy);
    expect([...dx!]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    for (const [shape, block] of [
      [[2, 3, 2, 8], 2],
      [[1, 2, 3, 18], 3],
      [[2, 1, 1, 12], 2],
    ] as const) {
      await expectAdjoint(place, (x) => depthToSpace(x as Tensor4D, block, 'NHWC') as Tensor, [...shape]);
    }
  });

  it.each([0, 1, 2])('has that of cumsum along axis %i', async (axis) => {
    for (const exclusive of [false, true]) {
      for (const reverse of [false, true]) {
        await expectAdjoint(place, (x) => cumsum(x, axis, exclusive, reverse), [2, 3, 4]);
      }
    }
  });

  it('has that of cumsum down a column', async () => {
    const sum = (x: Tensor) => cumsum(x, 0);
    const dy = { values: Float32Array.of(1, 10, 2, 20, 3, 30), shape: [3, 2] };
    const [dx] = await gradientsOn(place, sum, [ones(3, 2)], dy);
    expect([...dx!]).toEqual([6, 60, 5, 50, 3, 30]);
  });

  it('has that of a gather from each image', async () => {
    const pick = (x: Tensor) => gather(x, tensor([1, 1, 0, 2], [2, 2], 'int32'), 1, 1);
    const dy = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    const [dx] = await gradientsOn(place, pick, [ones(2, 3)], dy);
    expect([...dx!]).toEqual([0, 3, 0, 3, 0, 4]);
  });

  it.each(SEEDS)('has that of a gather with batch dimensions: %i', async (seed) => {
    const { whole, pick, floats } = randomSource(seed);
    const batch = Array.from({ length: whole(1, 2) }, () => whole(1, 3));
    const outer = Array.from({ length: whole(0, 1) }, () => whole(1, 3));
    const inner = Array.from({ length: whole(0, 2) }, () => whole(1, 3));
    const picked = Array.from({ length: whole(1, 2) }, () => whole(1, 3));
    const [length, axis] = [whole(1, 4), batch.length + outer.length];
    const shape = [...batch, ...outer, length, ...inner];
    const indices = Int32Array.from({ length: sizeOf(batch) * sizeOf(picked) }, () => whole(0, length - 1));
    const outShape = [...batch, ...outer, ...picked, ...inner];
    const dy = floats(sizeOf(outShape));
    const expected = new Float64Array(sizeOf(shape));
    const [outers, inners, count] = [sizeOf(outer), sizeOf(inner), sizeOf(picked)];
    for (let at = 0; at < dy.length; at++) {
      const inside = at % inners;
      const index = Math.floor(at / inners) % count;
      const outside = Math.floor(at / inners / count);
      const from = indices[Math.floor(outside / outers) * count + index]!;
      expected[(outside * length + from) * inners + inside]! += dy[at]!;
    }
    const axisGiven = pick([axis, axis - shape.length]);
    // The forward pass is not looked at: tfjs computes another shape for some of these.
    await moveTo(place);
    const { gradFunc } = getGradient('GatherV2');
    const dx = engine().tidy(() => {
      const saved = [
        tensor(new Float32Array(sizeOf(shape)), shape),
        tensor(indices, [...batch, ...picked], 'int32'),
      ];
      const attributes = { axis: axisGiven, batchDims: batch.length };
      return gradFunc(tensor(dy, outShape), saved, attributes).x!().dataSync();
    });
    expect(relativeError(dx as Float32Array, expected), `${shape} by ${indices}`).toBeLessThan(2e-6);
  });

  it('has those of gatherND and scatterND', async () => {
    const places = () => tensor([0, 1, 1, 0, 0, 1], [3, 2], 'int32');
    const [picked] = await gradientsOn(place, (x) => gatherND(x, places()), [ones(2, 2)], row(1, 10, 100));
    expect([...picked!]).toEqual([0, 101, 10, 0]);
    const dy = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
    const [spread] = await gradientsOn(place, (x) => scatterND(places(), x, [2, 2]), [row(5, 6, 7)], dy);
    expect([...spread!]).toEqual([2, 3, 2]);
    const rows = () => tensor([2, 0, 2], [3, 1], 'int32');
    await expectAdjoint(place, (x) => gatherND(x, rows()), [3, 4]);
    await expectAdjoint(place, (x) => scatterND(rows(), x, [3, 4]), [3, 4]);
  });

  it('has that of cropAndResize', async () => {
    const crop = (method: 'bilinear' | 'nearest', size: [number, number]) => (x: Tensor) =>
      image.cropAndResize(
        x as Tensor4D,
        tensor([0, 0, 1, 1, 0.2, 0.1, 0.9, 0.8, -0.3, 0.5, 0.6, 1.4, 0.7, 0.9, 0.1, 0.2], [4, 4]),
        tensor([0, 1, 1, 0], [4], 'int32'),
        size,
        method,
      ) as Tensor;
    for (const method of ['bilinear', 'nearest'] as const) {
      for (const size of [
        [3, 3],
        [1, 2],
        [5, 7],
        [2, 1],
      ] as [number, number][]) {
        await expectAdjoint(place, crop(method, size), [2, 4, 5, 2], `${method} to ${size}`);
      }
    }
    // The middle of a two by two image.
    const middle = (x: Tensor) =>
      image.cropAndResize(
        x as Tensor4D,
        tensor([0, 0, 1, 1], [1, 4]),
        tensor([0], [1], 'int32'),
        [1, 1],
      ) as Tensor;
    const [dx] = await gradientsOn(place, middle, [ones(1, 2, 2, 1)], ones(1, 1, 1, 1));
    expect([...dx!]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('refuses the gradient of the boxes, and of what has none', async () => {
    const crop: Compute = (boxes) =>
      image.cropAndResize(
        tensor([1, 2, 3, 4], [1, 2, 2, 1]),
        boxes as never,
        tensor([0], [1], 'int32'),
        [2, 2],
      ) as Tensor;
    const boxes = { values: Float32Array.of(0, 0, 1, 1), shape: [1, 4] };
    await expect(gradientsOn(place, crop, [boxes], ones(1, 2, 2, 1))).rejects.toThrow(
      'gradient function not found for the boxes of CropAndResize',
    );
    await expect(gradientsOn(place, (x) => unique(x).values, [row(1, 2)], row(1, 1))).rejects.toThrow(
      'Cannot compute gradient: gradient function not found for Unique.',
    );
  });
});
