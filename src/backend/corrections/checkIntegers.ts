import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<{ readonly x: TensorInfo }>;

/**
 * Whether whole numbers are NaN, infinite or finite. The backend takes their bits for those of floats: -3 is NaN. A whole
 * number is always finite.
 */
export const checkIntegers: readonly Correction[] = [
  createCorrection('IsNan', 0),
  createCorrection('IsInf', 0),
  createCorrection('IsFinite', 1),
];

function createCorrection(kernelName: string, answer: 0 | 1): Correction {
  return {
    kernelName,
    example: {
      // The second has the bits of infinity.
      inputs: { x: { shape: [2], values: Int32Array.of(-3, 0x7f800000) } },
      attributes: {},
      output: [answer, answer],
    },
    correct: (original: Kernel) => (call: Call) => {
      const { backend, inputs } = call;
      if (inputs.x.dtype !== 'int32') return original(call);
      const out = backend.makeOutput(inputs.x.shape, 'bool');
      backend.typedArrayFromHeap(out).fill(answer);
      return out;
    },
  };
}
