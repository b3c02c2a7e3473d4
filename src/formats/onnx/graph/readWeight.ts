import type { WeightValues } from '../../tfjs/LazyWeight';
import { decodeNumbers, dtypeOf } from '../file/elementTypes';
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

/** The numbers of a weight, copied once, into memory of their own. */
export function readWeight({ tensor, from, order, shape }: Weight): WeightValues {
  const { type, bytes } = tensor;
  const dtype = dtypeOf(type);
  const isInOrder = order.every((axis, index) => axis === index);
  const count = shape.reduce((product, size) => product * size, 1);
  if (isInOrder && type === 'float') return new Float32Array(bytes.slice().buffer, 0, count);
  const numbers = type === 'float' ? bytes : decodeNumbers(type, bytes);
  // Bools are made as wide as other numbers, to be moved.
  const wide = dtype === 'bool' ? Int32Array.from(numbers) : numbers;
  const moved = new Int32Array(count);
  if (isInOrder) moved.set(new Int32Array(wide.buffer, wide.byteOffset, count));
  else moveAxes(new DataView(wide.buffer, wide.byteOffset, 4 * count), from, order, moved);
  if (dtype === 'bool') return Uint8Array.from(moved);
  return dtype === 'int32' ? moved : new Float32Array(moved.buffer);
}
