import { type ElementType, toInt32 } from '../file/elementTypes';
import type { OnnxTensor } from '../file/OnnxModel';

/**
 * Makes a constant of numbers that the file does not have as such.
 *
 * @throws RangeError if they are not as many as the shape has.
 */
export function toTensor(
  type: Extract<ElementType, 'float' | 'int32' | 'bool'>,
  shape: readonly number[],
  numbers: ArrayLike<number>,
  name = '',
): OnnxTensor {
  const count = shape.reduce((a, b) => a * b, 1);
  if (numbers.length !== count) {
    throw new RangeError(`expected as many numbers as [${shape}] has, got ${numbers.length}`);
  }
  const values =
    type === 'float'
      ? Float32Array.from(numbers)
      : type === 'bool'
        ? Uint8Array.from(numbers)
        : Int32Array.from(numbers, toInt32);
  return { name, type, shape, bytes: new Uint8Array(values.buffer) };
}
