import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { formatShape } from '../common/errors';
import type { ImageInput } from './ImageInput';
import { readNumbers, toFloats } from './readImage';

/**
 * Turns numbers into the tensor of an input that takes no image: a vector, a sequence, a volume, a video. They stay as they
 * are; bytes are not scaled.
 *
 * @param input Numbers of the input's rank, or of one less for a batch of one; stays the caller's.
 * @param inputShape What the input takes, the batch first, `null` for what is open.
 * @param maxPixels What a file or something drawn may have at the most.
 * @returns float32; the caller disposes it.
 * @throws TypeError or RangeError (the promise is rejected) if they are no numbers, are not finite, or do not fit.
 */
export async function numbersToTensor(
  input: ImageInput,
  inputShape: readonly (number | null)[],
  maxPixels?: number,
): Promise<Tensor> {
  const { values, shape: own } = await readNumbers(input, maxPixels);
  const shape = own.length === inputShape.length - 1 ? [1, ...own] : own;
  const fits =
    shape.length === inputShape.length &&
    shape.every((size, axis) => size >= 1 && (inputShape[axis] ?? size) === size);
  if (!fits) {
    throw new RangeError(`img: expected the shape ${formatShape(inputShape)}, got ${formatShape(own)}`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length !== count) {
    throw new RangeError(
      `img: expected ${count} values for the shape ${formatShape(own)}, got ${values.length}`,
    );
  }
  return tensor(await toFloats(values, own, 1), shape as number[]);
}
