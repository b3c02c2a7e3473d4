import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { convertOnnxModel } from '../../../src/formats/onnx/convertOnnxModel';
import type { OnnxInput, OnnxResult } from './runOnnx';

/** Converts a file and loads what has become of it. */
export function openOnnx(file: Uint8Array): Promise<GraphModel> {
  return loadGraphModel(io.fromMemory(convertOnnxModel(file)));
}

/** Makes a tensor of numbers that lie channels first, in the order in which an input of the model takes them. */
export function toInput(
  { shape, values, type = 'float' }: OnnxInput,
  wanted: readonly number[] | undefined,
): Tensor {
  return tidy(() => {
    const dtype = type === 'bool' ? 'bool' : /float|double/.test(type) ? 'float32' : 'int32';
    const given = tensor(Array.from(values), [...shape], dtype);
    const isLast = wanted !== undefined && !fits(shape, wanted) && fits(move(shape), wanted);
    return isLast ? transpose(given, orderOf(shape.length)) : given.clone();
  });
}

/**
 * Compares an output with what is right, which has its channels first; those of the output may be last.
 *
 * @returns The largest difference, relative to the largest value of those that are right.
 */
export function compare(output: Tensor, { shape, values }: OnnxResult): number {
  return tidy(() => {
    const rank = shape.length;
    let least = fits(output.shape, shape) ? differenceOf(output.dataSync(), values) : Infinity;
    if (rank > 2 && fits(output.shape, move(shape))) {
      const order = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1)];
      least = Math.min(least, differenceOf(transpose(output, order).dataSync(), values));
    }
    if (least === Infinity && values.length !== output.size)
      throw new Error(`expected the shape [${shape}] in some order, got [${output.shape}]`);
    return least;
  });
}

function move<Item>(shape: readonly Item[]): Item[] {
  return shape.length < 3 ? [...shape] : [shape[0]!, ...shape.slice(2), shape[1]!];
}

function fits(shape: readonly number[], wanted: readonly number[]): boolean {
  return (
    shape.length === wanted.length &&
    shape.every((size, axis) => wanted[axis] === -1 || size === wanted[axis])
  );
}

function orderOf(rank: number): number[] {
  return move(Array.from({ length: rank }, (_, axis) => axis));
}

function differenceOf(values: ArrayLike<number>, right: ArrayLike<number>): number {
  let [difference, largest] = [values.length === right.length ? 0 : Infinity, 0];
  for (let at = 0; at < right.length; at++) {
    const [value, wanted] = [values[at]!, right[at]!];
    if (Object.is(value, wanted) || value === wanted) continue;
    difference = Math.max(difference, Number.isNaN(value - wanted) ? Infinity : Math.abs(value - wanted));
  }
  for (let at = 0; at < right.length; at++)
    if (Number.isFinite(right[at]!)) largest = Math.max(largest, Math.abs(right[at]!));
  return difference === 0 ? 0 : difference / (largest || 1);
}
