import { conv3d, conv3dTranspose, type Tensor, type Tensor5D } from '@tensorflow/tfjs-core';
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

const CASES = Array.from({ length: 40 }, (_, seed) => [seed, randomWindows(seed, seed % 4 === 3)] as const);

interface Convolution extends Windows {
  readonly filter: number[];
  readonly output: number[];
}

function convolutionOf(windows: Windows, outChannels: number): Convolution {
  return {
    ...windows,
    filter: [...windows.size, windows.shape[4], outChannels],
    output: [windows.shape[0], ...windowSizes(windows).counts, outChannels],
  };
}

/** Calls back for each product that the convolution sums, with the places of its factors and of the sum. */
function visitProducts(
  of: Convolution,
  visit: (image: number, filter: number, output: number) => void,
): void {
  const [inChannels, outChannels] = of.filter.slice(3) as [number, number];
  visitPlaces(of, (image, output, kernel, input) => {
    for (let channel = 0; channel < inChannels; channel++) {
      for (let to = 0; to < outChannels; to++) {
        visit(
          offsetOf(of.shape, image, ...input, channel),
          offsetOf(of.filter, ...kernel, channel, to),
          offsetOf(of.output, image, ...output, to),
        );
      }
    }
  });
}

/** The sums of products over one of the three, in double precision. */
function contract(
  of: Convolution,
  into: 'image' | 'filter' | 'output',
  ...factors: Float32Array[]
): Float64Array {
  const sizes = { image: sizeOf(of.shape), filter: sizeOf(of.filter), output: sizeOf(of.output) };
  const sums = new Float64Array(sizes[into]);
  const [one, other] = factors as [Float32Array, Float32Array];
  visitProducts(of, (image, filter, output) => {
    if (into === 'image') sums[image]! += one[output]! * other[filter]!;
    else if (into === 'filter') sums[filter]! += one[image]! * other[output]!;
    else sums[output]! += one[image]! * other[filter]!;
  });
  return sums;
}

describe.each(PLACES)('3-D convolution, %s', (place) => {
  it('has both gradients of a filter of an odd size', async () => {
    // Each of two values is seen by the middle of the filter and by one of its sides.
    const x = { values: Float32Array.of(4, 5), shape: [1, 2, 1, 1, 1] };
    const filter = { values: Float32Array.of(1, 1, 1), shape: [3, 1, 1, 1, 1] };
    const dy = { values: Float32Array.of(1, 2), shape: [1, 2, 1, 1, 1] };
    const convolve = (input: Tensor, weights: Tensor) =>
      conv3d(input as Tensor5D, weights as Tensor5D, 1, 'same');
    const [dx, dw] = await gradientsOn(place, convolve, [x, filter], dy);
    expect([...dx!]).toEqual([3, 3]);
    expect([...dw!]).toEqual([8, 14, 5]);
  });

  it.each(CASES)('has the gradients of plain loops: %i', async (seed, windows) => {
    const convolution = convolutionOf(windows, 1 + (seed % 3));
    const { strides, dilations, pad } = windows;
    const [x, filter, dy] = [windows.shape, convolution.filter, convolution.output].map((shape, at) =>
      randomValues(seed * 3 + at, shape),
    );
    const convolve = (input: Tensor, weights: Tensor) =>
      conv3d(input as Tensor5D, weights as Tensor5D, strides, pad, 'NDHWC', dilations);
    const [dx, dw] = await gradientsOn(place, convolve, [x!, filter!], dy!);
    const [xs, ws, dys] = [x!.values, filter!.values, dy!.values];
    expect(relativeError(dx!, contract(convolution, 'image', dys, ws)), label(windows)).toBeLessThan(3e-6);
    expect(relativeError(dw!, contract(convolution, 'filter', xs, dys)), label(windows)).toBeLessThan(3e-6);
  });

  it.each(CASES.filter(([seed]) => seed % 4 !== 3))(
    'has the gradients of plain loops, transposed: %i',
    async (seed, windows) => {
      const convolution = convolutionOf(windows, 1 + (seed % 3));
      const { shape, strides, pad } = windows;
      // What is the output of the other is the image of this one.
      const [x, filter, dy] = [convolution.output, convolution.filter, shape].map((lengths, at) =>
        randomValues(seed * 3 + at, lengths),
      );
      const convolve = (input: Tensor, weights: Tensor) =>
        conv3dTranspose(input as Tensor5D, weights as Tensor5D, shape, strides, pad);
      const [dx, dw] = await gradientsOn(place, convolve, [x!, filter!], dy!);
      const [xs, ws, dys] = [x!.values, filter!.values, dy!.values];
      expect(relativeError(dx!, contract(convolution, 'output', dys, ws)), label(windows)).toBeLessThan(3e-6);
      expect(relativeError(dw!, contract(convolution, 'filter', dys, xs)), label(windows)).toBeLessThan(3e-6);
    },
  );
});
