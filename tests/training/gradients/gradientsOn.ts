import { grads, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { moveTo, type Place, type Values } from '../runOn';

/** The paths that have gradients of ours. */
export const PLACES: readonly Place[] = ['binary', 'fallback'];

/** What is differentiated: a function of the inputs, all of which get a gradient. */
export type Compute = (...inputs: Tensor[]) => Tensor;

/**
 * Takes the gradients of all inputs.
 *
 * @param dy What comes in: one value for each of the output's.
 * @throws Error if a tensor is left behind.
 */
export async function gradientsOn(
  place: Place,
  compute: Compute,
  inputs: readonly Values[],
  dy: Values,
): Promise<Float32Array[]> {
  await moveTo(place);
  const before = memory().numTensors;
  const gradients = tidy(() =>
    grads((...tensors) => compute(...tensors))(inputs.map(toTensor), toTensor(dy)).map(
      (gradient) => gradient.dataSync() as Float32Array,
    ),
  );
  const left = memory().numTensors - before;
  if (left !== 0) throw new Error(`${left} tensors are left behind`);
  return gradients;
}

/**
 * Works out the gradient of an input that the output is linear in: of each of its values, what comes of a 1 there alone,
 * weighed by dy.
 */
export function gradientByForward(
  forward: (values: Float32Array) => ArrayLike<number>,
  count: number,
  dy: ArrayLike<number>,
): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => {
    const output = forward(Float32Array.from({ length: count }, (_, index) => (index === at ? 1 : 0)));
    let sum = 0;
    for (let index = 0; index < output.length; index++) sum += output[index]! * dy[index]!;
    return sum;
  });
}

/** A function of tensors as one of plain values, on the backend in use. */
export function plainly(compute: (input: Tensor) => Tensor, shape: readonly number[]) {
  return (values: Float32Array): Float32Array =>
    tidy(() => compute(tensor(values, [...shape])).dataSync() as Float32Array);
}

function toTensor({ values, shape }: Values): Tensor {
  return tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');
}
