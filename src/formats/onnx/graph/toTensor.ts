import { type ElementType, toInt32 } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';

/** Makes a constant of numbers that the file does not have as such. */
export function toTensor(
  type: Extract<ElementType, 'float' | 'int32' | 'bool'>,
  shape: readonly number[],
  numbers: Iterable<number>,
  name = '',
): OnnxTensor {
  const values =
    type === 'float'
      ? Float32Array.from(numbers)
      : type === 'bool'
        ? Uint8Array.from(numbers)
        : Int32Array.from(numbers, toInt32);
  return { name, type, shape, bytes: new Uint8Array(values.buffer) };
}
