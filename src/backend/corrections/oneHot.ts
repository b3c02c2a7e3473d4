import type { DataType } from '@tensorflow/tfjs-core';
import type { Inputs, Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<
  Inputs<'indices'>,
  {
    readonly depth: number;
    readonly onValue: number;
    readonly offValue: number;
    readonly dtype?: DataType;
  }
>;

/**
 * One-hot rows of floats, as most graphs have them, or of truth values.
 *
 * The backend writes whole numbers: read as floats, a 1 is 1.4e-45; and in truth values there is no room for them, so that
 * it writes over other tensors. Therefore it is not tried out. Here the rows are filled by a loop.
 */
export const oneHot: Correction = {
  kernelName: 'OneHot',
  correct: (original: Kernel) => (call: Call) => {
    const { backend, inputs, attrs } = call;
    const { depth, onValue, offValue, dtype = 'int32' } = attrs;
    if (dtype !== 'float32' && dtype !== 'bool') return original(call);
    const out = backend.makeOutput([...inputs.indices.shape, depth], dtype);
    const [values, indices] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(inputs.indices)];
    values.fill(offValue);
    for (let row = 0; row < indices.length; row++) {
      const index = indices[row]!;
      if (index >= 0 && index < depth) values[row * depth + index] = onValue;
    }
    return out;
  },
};
