import {
  avgPool,
  avgPool3d,
  maxPool3d,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { relativeError, sizeOf } from '../random';
import { gradientsOn, PLACES } from './gradientsOn';
import {
  label,
  offsetOf,
  randomValues,
  randomWindows,
  visitPlaces,
  type Windows,
  windowSizes,
} from './windows3d';

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

function outputShape(windows: Windows): number[] {
  return [windows.shape[0], ...windowSizes(windows).counts, windows.shape[4]];
}

/** Gradient of the mean of what lies inside the image. */
function averageGradient(windows: Windows, dy: Float32Array): Float64Array {
  const outShape = outputShape(windows);
  const inside = new Map<number, number>();
  const pixelOf = (image: number, place: readonly number[]) =>
    offsetOf(outShape.slice(0, 4), image, ...place);
  visitPlaces(windows, (image, output) => {
    const pixel = pixelOf(image, output);
    inside.set(pixel, (inside.get(pixel) ?? 0) + 1);
  });
  const dx = new Float64Array(sizeOf(windows.shape));
  const channels = windows.shape[4];
  visitPlaces(windows, (image, output, _kernel, input) => {
    const pixel = pixelOf(image, output);
    for (let channel = 0; channel < channels; channel++) {
      dx[offsetOf(windows.shape, image, ...input, channel)]! +=
        dy[pixel * channels + channel]! / inside.get(pixel)!;
    }
  });
  return dx;
}

/** Gradient of the maximum: all of it to the first, row by row. */
function maximumGradient(windows: Windows, x: Float32Array, dy: Float32Array): Float64Array {
  const outShape = outputShape(windows);
  const best = new Map<number, number>();
  visitPlaces(windows, (image, output, _kernel, input) => {
    for (let channel = 0; channel < windows.shape[4]; channel++) {
      const to = offsetOf(outShape, image, ...output, channel);
      const from = offsetOf(windows.shape, image, ...input, channel);
      if (!best.has(to) || x[from]! > x[best.get(to)!]!) best.set(to, from);
    }
  });
  const dx = new Float64Array(x.length);
  for (const [to, from] of best) dx[from]! += dy[to]!;
  return dx;
}

describe.each(PLACES)('average pooling, %s', (place) => {
  it('divides by the number of values that lie inside the image', async () => {
    const pool = (x: Tensor) => avgPool(x as Tensor4D, [3, 1], 1, 'same');
    const x = { values: Float32Array.of(5, -2, 7), shape: [1, 3, 1, 1] };
    const [dx] = await gradientsOn(place, pool, [x], { values: Float32Array.of(1, 1, 1), shape: x.shape });
    expect(relativeError(dx!, [1 / 2 + 1 / 3, 4 / 3, 1 / 2 + 1 / 3])).toBeLessThan(1e-6);
  });

  it('does so in a one-dimensional layer', async () => {
    const layer = layers.averagePooling1d({ poolSize: 3, strides: 1, padding: 'same' });
    const x = { values: Float32Array.of(5, -2, 7), shape: [1, 3, 1] };
    const dy = { values: Float32Array.of(1, 1, 1), shape: [1, 3, 1] };
    const [dx] = await gradientsOn(place, (input) => layer.apply(input) as Tensor, [x], dy);
    expect(relativeError(dx!, [1 / 2 + 1 / 3, 4 / 3, 1 / 2 + 1 / 3])).toBeLessThan(1e-6);
  });

  it.each(SEEDS)('is that of plain loops, in 2-D: pool %i', async (seed) => {
    const random = randomWindows(seed);
    const flat = { shape: [random.shape[0], 1, ...random.shape.slice(2)] } as Pick<Windows, 'shape'>;
    const windows: Windows = {
      ...random,
      ...flat,
      size: [1, random.size[1], random.size[2]],
      strides: [1, random.strides[1], random.strides[2]],
    };
    const { shape, size, strides, pad } = windows;
    const without = (numbers: number[]) => [numbers[0]!, ...numbers.slice(2)];
    const x = randomValues(seed, without(shape));
    const dy = randomValues(seed + 1000, without(outputShape(windows)));
    const pool = (input: Tensor) =>
      avgPool(input as Tensor4D, [size[1], size[2]], [strides[1], strides[2]], pad);
    const [dx] = await gradientsOn(place, pool, [x], dy);
    expect(relativeError(dx!, averageGradient(windows, dy.values)), label(windows)).toBeLessThan(2e-6);
  });

  it.each(SEEDS)('is that of plain loops, in 3-D: pool %i', async (seed) => {
    const windows = randomWindows(seed);
    const { shape, size, strides, pad } = windows;
    const dy = randomValues(seed + 1000, outputShape(windows));
    const pool = (input: Tensor) => avgPool3d(input as Tensor5D, size, strides, pad);
    const [dx] = await gradientsOn(place, pool, [randomValues(seed, shape)], dy);
    expect(relativeError(dx!, averageGradient(windows, dy.values)), label(windows)).toBeLessThan(2e-6);
  });

  it('pads by a number as by `same`', async () => {
    const windows: Windows = {
      shape: [1, 1, 4, 5, 2],
      size: [1, 3, 3],
      strides: [1, 1, 1],
      dilations: [1, 1, 1],
      pad: 'same',
    };
    const dy = randomValues(1, [1, 4, 5, 2]);
    const pool = (input: Tensor) => avgPool(input as Tensor4D, 3, 1, 1);
    const [dx] = await gradientsOn(place, pool, [randomValues(0, [1, 4, 5, 2])], dy);
    expect(relativeError(dx!, averageGradient(windows, dy.values))).toBeLessThan(2e-6);
  });
});

describe.each(PLACES)('maximum pooling in 3-D, %s', (place) => {
  const gradient = async (
    values: number[],
    shape: number[],
    size: [number, number, number],
    dy: number[],
  ) => {
    const pool = (x: Tensor) => maxPool3d(x as Tensor5D, size, size, 'valid');
    const counts = [0, 1, 2].map((axis) => shape[axis + 1]! / size[axis]!);
    const [dx] = await gradientsOn(place, pool, [{ values: Float32Array.from(values), shape }], {
      values: Float32Array.from(dy),
      shape: [shape[0]!, ...counts, shape[4]!],
    });
    return [...dx!];
  };

  it('gives the gradient to the maximum, all values being negative too', async () => {
    expect(await gradient([-2, -1], [1, 2, 1, 1, 1], [2, 1, 1], [1])).toEqual([0, 1]);
    expect(await gradient([-3, -2, -9, -8], [1, 2, 1, 2, 1], [1, 1, 2], [5, 7])).toEqual([0, 5, 0, 7]);
  });

  it('gives it to the first of several maxima: by depth, row and column', async () => {
    expect(await gradient([4, 4, 4, 4, 4, 4, 4, 4], [1, 2, 2, 2, 1], [2, 2, 2], [3])).toEqual([
      3, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(await gradient([0, 1, 2, 2, 2, 1, 0, 2], [1, 2, 2, 2, 1], [2, 2, 2], [3])).toEqual([
      0, 0, 3, 0, 0, 0, 0, 0,
    ]);
  });

  it.each(SEEDS)('is that of plain loops: pool %i', async (seed) => {
    const windows = randomWindows(seed);
    const { shape, size, strides, pad } = windows;
    // Few different values, so that several are the maximum.
    const { values } = randomValues(seed, shape);
    const x = { values: values.map((value) => Math.round(value * 3) - 2), shape };
    const dy = randomValues(seed + 1000, outputShape(windows));
    const pool = (input: Tensor) => maxPool3d(input as Tensor5D, size, strides, pad);
    const [dx] = await gradientsOn(place, pool, [x], dy);
    expect(relativeError(dx!, maximumGradient(windows, x.values, dy.values)), label(windows)).toBeLessThan(
      2e-6,
    );
  });
});
