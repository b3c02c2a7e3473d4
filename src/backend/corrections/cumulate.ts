import { util } from '@tensorflow/tfjs-core';
import type { Inputs, Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<Inputs<'x'>, { readonly axis: number }>;

/**
 * Running sums and products along an axis that is counted from the last one: -1.
 *
 * The backend takes that for an axis which there is not, and writes over other tensors; therefore it is not tried out. Here
 * it gets the axis counted from the first.
 *
 * Throws an Error, as tfjs does elsewhere, for an axis that there is not.
 */
export const cumulate: readonly Correction[] = ['Cumsum', 'Cumprod'].map((kernelName) => ({
  kernelName,
  correct: (original: Kernel) => (call: Call) => {
    const [axis] = util.parseAxisParam(call.attrs.axis, call.inputs.x.shape);
    return original({ ...call, attrs: { ...call.attrs, axis } });
  },
}));
