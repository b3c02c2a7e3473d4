import type { io } from '@tensorflow/tfjs-core';
import { type Dtype, decodeNumbers, dtypeOf } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';
import { moveAxes } from './moveAxes';

/** A tensor of the file as the graph reads it. */
export interface Weight {
  readonly name: string;
  readonly tensor: OnnxTensor;
  /** The shape as which its axes are moved, and their new order. */
  readonly from: readonly number[];
  readonly order: readonly number[];
  /** The shape that it has in the end. */
  readonly shape: readonly number[];
}

/** Writes all weights one behind the other, each copied once. */
export function packWeights(
  weights: readonly Weight[],
): Required<Pick<io.ModelArtifacts, 'weightSpecs' | 'weightData'>> {
  const typed = weights.map((weight) => ({ ...weight, dtype: dtypeOf(weight.tensor.type) }));
  // Bools take a byte each, so they come last: floats have to begin at a multiple of four.
  const sorted = [
    ...typed.filter(({ dtype }) => dtype !== 'bool'),
    ...typed.filter(({ dtype }) => dtype === 'bool'),
  ];
  const lengths = sorted.map(
    ({ dtype, shape }) => shape.reduce((a, b) => a * b, 1) * (dtype === 'bool' ? 1 : 4),
  );
  const block = new ArrayBuffer(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  sorted.forEach((weight, index) => {
    const length = lengths[index]!;
    write(weight, weight.dtype, block, at, length);
    at += length;
  });
  return {
    weightSpecs: sorted.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
    weightData: block,
  };
}

function write(
  { tensor, from, order }: Weight,
  dtype: Dtype,
  block: ArrayBuffer,
  at: number,
  length: number,
): void {
  const isInOrder = order.every((axis, index) => axis === index);
  if (isInOrder && tensor.type === 'float') {
    new Uint8Array(block, at, length).set(tensor.bytes);
    return;
  }
  const numbers = decodeNumbers(tensor.type, tensor.bytes);
  const Place = dtype === 'bool' ? Uint8Array : dtype === 'int32' ? Int32Array : Float32Array;
  const into = new Place(block, at, numbers.length);
  if (isInOrder) into.set(numbers);
  else moveAxes(numbers, from, order, into);
}
