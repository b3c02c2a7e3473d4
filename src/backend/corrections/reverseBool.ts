import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<{ readonly x: TensorInfo }, { readonly dims: number | number[] }>;

/**
 * Truth values in reverse order: a mirrored mask.
 *
 * The backend takes four of them for a float, and writes beyond their memory; therefore it is not tried out. Here they go by
 * way of floats.
 */
export const reverseBool: Correction = {
  kernelName: 'Reverse',
  correct: (original: Kernel) => (call: Call) => {
    const { backend, inputs, attrs } = call;
    if (inputs.x.dtype !== 'bool') return original(call);
    return composeKernels(backend, ({ run, add }) => {
      const x = run('Cast', { x: inputs.x }, { dtype: 'float32' });
      const reversed = add(original({ backend, inputs: { x }, attrs }) as TensorInfo);
      return run('Cast', { x: reversed }, { dtype: 'bool' });
    });
  },
};
