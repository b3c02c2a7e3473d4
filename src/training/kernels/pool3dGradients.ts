import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs, KernelCall } from '../../backend/wasmBackend';
import { outputOf, readFloats } from '../plainValues';
import { type WindowAxis, windowAxes } from '../windowAxes';

interface Attributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: 'valid' | 'same' | number;
}

/**
 * Gradient of maximum pooling in 3-D: `dy`, `input` and `output` in, the shape of `input` out. That of each output goes
 * to the first of its window that is the maximum. The backend's own kernel takes no value below the smallest positive
 * float for a maximum, and gives the gradient to every one of several.
 */
export function maxPool3dGrad({
  backend,
  inputs,
  attrs,
}: KernelCall<Inputs<'dy' | 'input'>, Attributes>): TensorInfo {
  const { dy, input } = inputs;
  const [dyValues, x] = [readFloats(backend, dy), readFloats(backend, input)];
  const dx = new Float32Array(x.length);
  const channels = input.shape[4]!;
  visitWindows(input.shape, dy.shape, attrs, (output, pixels) => {
    for (let channel = 0; channel < channels; channel++) {
      let best = pixels[0]! * channels + channel;
      for (const pixel of pixels) {
        const at = pixel * channels + channel;
        if (x[at]! > x[best]!) best = at;
      }
      dx[best]! += dyValues[output * channels + channel]!;
    }
  });
  return outputOf(backend, input.shape, dx);
}

/**
 * Gradient of average pooling in 3-D: `dy` and `input` in, the shape of `input` out. An average is taken over the values
 * of a window that lie inside the image; tfjs's own gradient divides by the size of the pool there too.
 */
export function avgPool3dGrad({
  backend,
  inputs,
  attrs,
}: KernelCall<Inputs<'dy' | 'input'>, Attributes>): TensorInfo {
  const { dy, input } = inputs;
  const dyValues = readFloats(backend, dy);
  const channels = input.shape[4]!;
  const dx = new Float32Array(input.shape.reduce((product, length) => product * length, 1));
  visitWindows(input.shape, dy.shape, attrs, (output, pixels) => {
    for (const pixel of pixels) {
      for (let channel = 0; channel < channels; channel++) {
        dx[pixel * channels + channel]! += dyValues[output * channels + channel]! / pixels.length;
      }
    }
  });
  return outputOf(backend, input.shape, dx);
}

/**
 * Goes through the windows that have values.
 *
 * @param visit Takes the place of the output among the outputs and the places of its window's values among the pixels,
 *   row by row; both are to be multiplied by the number of channels.
 */
function visitWindows(
  inputShape: readonly number[],
  outputShape: readonly number[],
  { filterSize, ...rest }: Attributes,
  visit: (output: number, pixels: readonly number[]) => void,
): void {
  const axes = windowAxes(inputShape.slice(1, 4), filterSize, outputShape.slice(1, 4), rest);
  const [depths, rows, columns] = axes.map(placesOf) as [number[][], number[][], number[][]];
  const [, height, width] = inputShape.slice(1, 4) as [number, number, number];
  const size = axes.reduce((product, { length }) => product * length, 1);
  let output = 0;
  for (let first = 0; first < inputShape[0]! * size; first += size) {
    for (const depth of depths) {
      for (const row of rows) {
        for (const column of columns) {
          const pixels: number[] = [];
          for (const d of depth) {
            for (const h of row) for (const w of column) pixels.push(first + (d * height + h) * width + w);
          }
          if (pixels.length > 0) visit(output, pixels);
          output++;
        }
      }
    }
  }
}

/** Places inside the image that each window sees along an axis. */
function placesOf({ length, size, stride, count, before }: WindowAxis): number[][] {
  return Array.from({ length: count }, (_, window) =>
    Array.from({ length: size }, (_, at) => window * stride - before + at).filter(
      (place) => place >= 0 && place < length,
    ),
  );
}
