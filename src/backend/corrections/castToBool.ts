import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<{ readonly x: TensorInfo }, { readonly dtype: DataType }>;

/**
 * Numbers to truth values.
 *
 * The backend keeps the lowest eight bits of the whole part: 0.5 and 256 are false, and -1 is 255. Here whatever is not 0 is
 * true, NaN too, as in TensorFlow.
 */
export const castToBool: Correction = {
  kernelName: 'Cast',
  example: {
    inputs: { x: { shape: [4], values: Float32Array.of(0.5, -1, 0, 256) } },
    attributes: { dtype: 'bool' },
    output: [1, 1, 0, 1],
  },
  correct: (original: Kernel) => (call: Call) => {
    const { x } = call.inputs;
    if (call.attrs.dtype !== 'bool' || (x.dtype !== 'float32' && x.dtype !== 'int32')) return original(call);
    const out = call.backend.makeOutput(x.shape, 'bool');
    const [from, to] = [call.backend.typedArrayFromHeap(x), call.backend.typedArrayFromHeap(out)];
    for (let at = 0; at < to.length; at++) to[at] = from[at] === 0 ? 0 : 1;
    return out;
  },
};
