import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction, Example } from './Correction';

/** What the backend starts with where it looks for a maximum, instead of minus infinity: C's FLT_MIN. */
const SMALLEST_POSITIVE = 2 ** -126;

const DILATION: Example = {
  inputs: {
    x: { shape: [1, 1, 1, 1], values: Float32Array.of(-3) },
    filter: { shape: [1, 1, 1], values: Float32Array.of(1) },
  },
  attributes: { strides: 1, pad: 'valid', dilations: 1 },
  output: [-2],
};

const POOL: Example = {
  inputs: { x: { shape: [1, 1, 1, 1], values: Float32Array.of(-3) } },
  attributes: { filterSize: 1, strides: 1, pad: 'valid', includeBatchInIndex: false },
  output: [-3],
};

/**
 * Morphological dilation, and the maximum pooling that says where each maximum was.
 *
 * The backend finds no maximum that is not positive, and puts out 1.2e-38 there. Nothing else puts that number out, so
 * where it comes up the call is refused.
 */
export const refuseNegatives: readonly Correction[] = [
  { kernelName: 'Dilation2D', example: DILATION, correct: createCheck('Dilation2D') },
  { kernelName: 'MaxPoolWithArgmax', example: POOL, correct: createCheck('MaxPoolWithArgmax') },
];

function createCheck(kernelName: string) {
  return (original: Kernel) =>
    (call: KernelCall): TensorInfo | TensorInfo[] => {
      const output = original(call);
      const all = [output].flat();
      const [maxima] = all as [TensorInfo];
      if (maxima.dtype !== 'float32') return output;
      if (!call.backend.typedArrayFromHeap(maxima).includes(SMALLEST_POSITIVE as never)) return output;
      for (const { dataId } of all) call.backend.disposeData(dataId);
      throw new RangeError(
        `${kernelName}: expected positive values in each window, which is all that TensorFlow.js's WASM backend finds a maximum of, got a window without; the cpu backend is right`,
      );
    };
}
