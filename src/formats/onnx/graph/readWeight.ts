import type { WeightValues } from '../../weights/LazyWeight';
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

/**
 * Copies the numbers of a weight, once.
 *
 * @param room Where they are put if there is room enough.
 */
export function readWeight({ tensor, from, order, shape }: Weight, room?: ArrayBuffer): WeightValues {
  const { type, bytes } = tensor;
  const dtype = dtypeOf(type);
  const count = shape.reduce((product, size) => product * size, 1);
  const numbers = type === 'float' ? bytes : decodeNumbers(type, bytes);
  // Bools are made as wide as other numbers, to be moved.
  const { buffer, byteOffset } = dtype === 'bool' ? Int32Array.from(numbers) : numbers;
  const block = room && room.byteLength >= 4 * count ? room : new ArrayBuffer(4 * count);
  const isInOrder = order.every((axis, index) => axis === index);
  if (isInOrder) new Uint8Array(block).set(new Uint8Array(buffer, byteOffset, 4 * count));
  else moveAxes(new DataView(buffer, byteOffset, 4 * count), from, order, new Int32Array(block, 0, count));
  if (dtype === 'float32') return new Float32Array(block, 0, count);
  const moved = new Int32Array(block, 0, count);
  return dtype === 'bool' ? Uint8Array.from(moved) : moved;
}
