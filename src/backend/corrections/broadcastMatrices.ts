import { broadcast_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type Kernel, type KernelCall, sizeOf } from '../wasmBackend';
import { broadcastTo, repeatInOrder } from './broadcastTo';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<Inputs<'a' | 'b'>, { readonly transposeA: boolean; readonly transposeB: boolean }>;

/**
 * Products of several matrices with several, each a row of them for every column: `[2, 1, …]` with `[1, 3, …]`.
 *
 * The backend counts through both from the first to the last, as often as the more of the two has matrices: it takes wrong
 * ones, computes fewer than there are, and what is read of the others is not theirs. Here matrices are repeated that do not
 * come in order. And without any value, where it divides by nothing, the sum is 0.
 */
export const broadcastMatrices: Correction = {
  kernelName: 'BatchMatMul',
  example: {
    inputs: {
      a: { shape: [2, 1, 1, 1], values: Float32Array.of(1, 10) },
      b: { shape: [1, 2, 1, 1], values: Float32Array.of(1, 2) },
    },
    attributes: { transposeA: false, transposeB: false },
    output: [1, 2, 10, 20],
  },
  correct: (original: Kernel) => (call: Call) => {
    const { a, b } = call.inputs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return original(call); // it is refused
    const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (sizeOf(a.shape) * sizeOf(b.shape) === 0) return multiplyNothing(original, call, outer);
    const inOrder = [a, b].every(({ shape }) => repeatInOrder(shape, [...outer, ...shape.slice(-2)]));
    return inOrder ? original(call) : multiply(original, call, outer);
  },
};

function multiply(original: Kernel, { backend, inputs, attrs }: Call, outer: readonly number[]): TensorInfo {
  return composeKernels(backend, (workbench) => {
    const whole = (matrices: TensorInfo) =>
      broadcastTo(workbench, matrices, [...outer, ...matrices.shape.slice(-2)]);
    const [a, b] = [whole(inputs.a), whole(inputs.b)];
    return workbench.add(original({ backend, inputs: { a, b }, attrs }) as TensorInfo);
  });
}

function multiplyNothing(original: Kernel, call: Call, outer: readonly number[]): ReturnType<Kernel> {
  const { backend, inputs, attrs } = call;
  const [aRows, aColumns] = inputs.a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = inputs.b.shape.slice(-2) as [number, number];
  const [rows, length] = attrs.transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [columns, otherLength] = attrs.transposeB ? [bRows, bColumns] : [bColumns, bRows];
  if (length !== otherLength) return original(call); // it says so
  const out = backend.makeOutput([...outer, rows, columns], 'float32');
  backend.typedArrayFromHeap(out).fill(0);
  return out;
}
