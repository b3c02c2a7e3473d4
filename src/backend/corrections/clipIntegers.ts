import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<
  { readonly x: TensorInfo },
  { readonly clipValueMin: number; readonly clipValueMax: number }
>;

/** Limits for whole numbers. The backend takes their bits for those of floats. */
export const clipIntegers: Correction = {
  kernelName: 'ClipByValue',
  example: {
    inputs: { x: { shape: [3], values: Int32Array.of(-5, 2, 9) } },
    attributes: { clipValueMin: 0, clipValueMax: 6 },
    output: [0, 2, 6],
  },
  correct: (original: Kernel) => (call: Call) => {
    const { backend, inputs, attrs } = call;
    const { x } = inputs;
    if (x.dtype !== 'int32') return original(call);
    const out = backend.makeOutput(x.shape, 'int32');
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
    for (let at = 0; at < to.length; at++) {
      to[at] = Math.max(attrs.clipValueMin, Math.min(attrs.clipValueMax, from[at]!));
    }
    return out;
  },
};
