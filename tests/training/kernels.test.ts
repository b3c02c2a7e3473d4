import { backend_util, matMul, reshape, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from './random';
import { moveTo, type Place, runKernelOn } from './runOn';

const PLACES: readonly Place[] = ['binary', 'fallback'];

function maxPool(
  values: number[],
  shape: number[],
  filterSize: number,
  strides: number,
  pad: 'valid' | 'same',
) {
  const attributes = { filterSize, strides, pad, dimRoundingMode: undefined };
  return { input: { values: Float32Array.from(values), shape }, attributes };
}

describe.each(PLACES)('MaxPoolGrad, %s', (place) => {
  const gradient = async (pool: ReturnType<typeof maxPool>, dy: number[]) => {
    const output = await runKernelOn('cpu', 'MaxPool', { x: pool.input }, pool.attributes);
    const upstream = { values: Float32Array.from(dy), shape: output.shape };
    const { values } = await runKernelOn(
      place,
      'MaxPoolGrad',
      { dy: upstream, input: pool.input, output },
      pool.attributes,
    );
    return [...values];
  };

  it('gives the gradient to the maximum of each window, all values being negative too', async () => {
    const values = [-4, -3, -8, -9, -1, -2, -7, -6];
    expect(await gradient(maxPool(values, [1, 2, 4, 1], 2, 2, 'valid'), [10, 20])).toEqual([
      0, 0, 0, 0, 10, 0, 0, 20,
    ]);
  });

  it('loses nothing of it where every value is negative', async () => {
    const values = Array.from({ length: 1600 * 4 }, (_, at) => -1 - ((at * 7) % 13));
    const dx = await gradient(maxPool(values, [1, 80, 80, 1], 2, 2, 'valid'), new Array(1600).fill(1));
    expect(dx.reduce((sum, value) => sum + value, 0)).toBe(1600);
  });

  it('gives it to the first of several maxima, row by row', async () => {
    expect(await gradient(maxPool([5, 5, 5, 5], [1, 2, 2, 1], 2, 2, 'valid'), [3])).toEqual([3, 0, 0, 0]);
    expect(await gradient(maxPool([0, 7, 7, 7], [1, 2, 2, 1], 2, 2, 'valid'), [3])).toEqual([0, 3, 0, 0]);
    // Two by two pixels of five channels; the fourth channel is where the odd one out is.
    const pixels = [
      [1, 0, 4, 2, -1],
      [1, 6, 4, 2, -1],
      [1, 6, 5, 2, -2],
      [1, 6, 5, 3, -1],
    ];
    expect(await gradient(maxPool(pixels.flat(), [1, 2, 2, 5], 2, 2, 'valid'), [1, 2, 3, 4, 5])).toEqual(
      [
        [1, 0, 0, 0, 5],
        [0, 2, 0, 0, 0],
        [0, 0, 3, 0, 0],
        [0, 0, 0, 4, 0],
      ].flat(),
    );
  });

  it('adds up where windows overlap', async () => {
    const values = [1, 2, 3, 4, 9, 5, 6, 7, 8];
    expect(await gradient(maxPool(values, [1, 3, 3, 1], 2, 1, 'valid'), [1, 10, 100, 1000])).toEqual([
      0, 0, 0, 0, 1111, 0, 0, 0, 0,
    ]);
  });
});

/** Pools of random shape, on values few enough to be equal often. */
function randomPool(seed: number) {
  const { whole, pick } = randomSource(seed);
  const filterSize: [number, number] = [whole(1, 4), whole(1, 4)];
  const strides: [number, number] = [whole(1, 3), whole(1, 3)];
  const pad = pick<'valid' | 'same'>(['valid', 'same']);
  const shape: [number, number, number, number] = [
    whole(1, 3),
    whole(4, 12),
    whole(4, 12),
    pick([1, 3, 4, 7, 8, 16]),
  ];
  const { outShape } = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
  const values = Float32Array.from({ length: sizeOf(shape) }, () => whole(-5, 1) / 4);
  const dy = Float32Array.from({ length: sizeOf(outShape) }, () => whole(-8, 8) / 8);
  const attributes = { filterSize, strides, pad, dimRoundingMode: undefined };
  return { input: { values, shape }, dy: { values: dy, shape: outShape }, attributes };
}

describe('MaxPoolGrad', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'is that of the cpu backend: pool %i',
    async (seed) => {
      const { input, dy, attributes } = randomPool(seed);
      const output = await runKernelOn('cpu', 'MaxPool', { x: input }, attributes);
      const expected = await runKernelOn('cpu', 'MaxPoolGrad', { dy, input, output }, attributes);
      for (const place of PLACES) {
        const { values } = await runKernelOn(place, 'MaxPoolGrad', { dy, input, output }, attributes);
        expect(relativeError(values, expected.values), place).toBe(0);
      }
    },
  );
});

describe.each(PLACES)('other kernels of training, %s', (place) => {
  it('sums rows by segment, leaving out ids that are none', async () => {
    const x = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), shape: [5, 2] };
    const segmentIds = { values: Int32Array.of(2, 0, 2, -1, 9), shape: [5] };
    const { values, shape } = await runKernelOn(
      place,
      'UnsortedSegmentSum',
      { x, segmentIds },
      { numSegments: 3 },
    );
    expect(shape).toEqual([3, 2]);
    expect([...values]).toEqual([3, 4, 0, 0, 6, 8]);
  });

  it('sums rows of any width, and over several axes', async () => {
    for (const channels of [1, 3, 4, 5, 16, 21, 70]) {
      const { floats } = randomSource(channels);
      const x = { values: floats(2 * 300 * channels), shape: [2, 300, channels] };
      for (const keepDims of [false, true]) {
        const attributes = { axis: [0, 1], keepDims };
        const expected = await runKernelOn('cpu', 'Sum', { x }, attributes);
        const sums = await runKernelOn(place, 'Sum', { x }, attributes);
        expect(sums.shape).toEqual(keepDims ? [1, 1, channels] : [channels]);
        expect(relativeError(sums.values, expected.values)).toBeLessThan(2e-6);
      }
    }
  });

  it.each([[[1]], [[0, 2]], [[0, 1, 2]], [2], [[-1, 0]]])('sums over the axes %j as before', async (axis) => {
    const x = { values: Float32Array.from({ length: 24 }, (_, at) => at), shape: [2, 3, 4] };
    const expected = await runKernelOn('cpu', 'Sum', { x }, { axis, keepDims: false });
    expect(await runKernelOn(place, 'Sum', { x }, { axis, keepDims: false })).toEqual(expected);
  });

  it.each([
    [[2, 3, 5], [5]],
    [
      [2, 3, 4],
      [1, 1, 4],
    ],
    [[4, 10], [10]],
    [
      [2, 3],
      [2, 1],
    ],
    [[3], [2, 3]],
    [
      [2, 2],
      [2, 2],
    ],
    [
      [2, 1],
      [1, 3],
    ],
    [[2, 3], []],
  ])('adds %j and %j', async (one, other) => {
    const { floats } = randomSource(1);
    const inputs = {
      a: { values: floats(sizeOf(one)), shape: one },
      b: { values: floats(sizeOf(other)), shape: other },
    };
    const expected = await runKernelOn('cpu', 'Add', inputs, {});
    expect(await runKernelOn(place, 'Add', inputs, {})).toEqual(expected);
  });

  it('multiplies matrices that stand turned', async () => {
    for (const [seed, [rows, length, columns]] of [
      [32, 10, 800],
      [800, 32, 10],
      [1, 1, 1],
      [5, 3, 7],
      [6, 9, 4],
      [3, 2, 1],
    ].entries()) {
      const { floats } = randomSource(seed);
      for (const [transposeA, transposeB] of [
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        for (const batch of [[], [3]]) {
          const aShape = [...batch, ...(transposeA ? [length!, rows!] : [rows!, length!])];
          const bShape = [...batch, ...(transposeB ? [columns!, length!] : [length!, columns!])];
          const inputs = {
            a: { values: floats(sizeOf(aShape)), shape: aShape },
            b: { values: floats(sizeOf(bShape)), shape: bShape },
          };
          // The cpu backend takes three dimensions.
          const three = Object.fromEntries(
            Object.entries(inputs).map(([name, { values, shape }]) => [
              name,
              { values, shape: [1, 1, ...shape].slice(-3) },
            ]),
          );
          const expected = await runKernelOn('cpu', 'BatchMatMul', three, { transposeA, transposeB });
          const product = await runKernelOn(place, 'BatchMatMul', inputs, { transposeA, transposeB });
          expect(product.shape).toEqual([...batch, rows, columns]);
          expect(relativeError(product.values, expected.values)).toBeLessThan(2e-6);
        }
      }
    }
  });

  it('multiplies by a matrix that was one of another shape before', async () => {
    await moveTo(place);
    const values = tensor([1, 2, 3, 4, 5, 6]);
    const product = (rows: number) => {
      const ones = tensor(new Float32Array(rows).fill(1), [1, rows]);
      return [...matMul(ones, reshape(values, [rows, 6 / rows])).dataSync()];
    };
    expect([2, 3, 1, 6, 2].map((rows) => tidy(() => product(rows)))).toEqual([
      [5, 7, 9],
      [9, 12],
      [1, 2, 3, 4, 5, 6],
      [21],
      [5, 7, 9],
    ]);
    values.dispose();
  });

  it('lets the gradient of ReLU through where the value is above 0', async () => {
    for (const count of [1, 4, 7, 8, 19]) {
      const x = {
        values: Float32Array.from({ length: count }, (_, at) => [-1, 0, 2, -0, 1e-40][at % 5]!),
        shape: [count],
      };
      const dy = { values: Float32Array.from({ length: count }, (_, at) => at + 1), shape: [count] };
      const { values } = await runKernelOn(place, 'LayerscopeReluGrad', { dy, x }, {});
      expect([...values]).toEqual(
        [...dy.values].map((value, at) => (at % 5 === 2 || at % 5 === 4 ? value : 0)),
      );
    }
  });
});
