import { broadcast_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type Kernel, type KernelCall, sizeOf } from '../wasmBackend';
import { broadcastTo } from './broadcastTo';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<Inputs<'a' | 'b'>>;

/**
 * Products of matrices with others that are fewer or more.
 *
 * The backend computes as many as there are on the left, does not begin again on the right, and puts out for the rest what
 * its memory held before: so does TensorFlow.js up to 4.1. Here the matrices are repeated.
 */
export const repeatMatrices: readonly Correction[] = ['BatchMatMul', '_FusedMatMul'].map((kernelName) => ({
  kernelName,
  example: {
    inputs: {
      a: { shape: [1, 1, 1], values: Float32Array.of(3) },
      b: { shape: [2, 1, 1], values: Float32Array.of(1, 2) },
    },
    attributes: { transposeA: false, transposeB: false, activation: 'linear' },
    output: [3, 6],
  },
  correct: (original: Kernel) => (call: Call) => {
    const [one, other] = [call.inputs.a, call.inputs.b].map(({ shape }) => shape.slice(0, -2));
    return sizeOf(one!) === sizeOf(other!) ? original(call) : multiply(original, call);
  },
}));

function multiply(original: Kernel, { backend, inputs, attrs }: Call): TensorInfo {
  const outer = broadcast_util.assertAndGetBroadcastShape(
    inputs.a.shape.slice(0, -2),
    inputs.b.shape.slice(0, -2),
  );
  return composeKernels(backend, (workbench) => {
    const repeat = (matrices: TensorInfo) =>
      broadcastTo(workbench, matrices, [...outer, ...matrices.shape.slice(-2)]);
    const [a, b] = [repeat(inputs.a), repeat(inputs.b)];
    return workbench.add(original({ backend, inputs: { ...inputs, a, b }, attrs }) as TensorInfo);
  });
}
