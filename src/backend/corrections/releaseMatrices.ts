import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Call = KernelCall<{ readonly a: TensorInfo; readonly b: TensorInfo }>;

/**
 * Matrix products that fail for want of memory.
 *
 * The backend counts its inputs as used while it multiplies, and goes on doing so after an error: their memory is never
 * freed again, just when there is none. Here they are counted as before. To try that out, the memory would have to be filled;
 * it does no harm to a version that counts right.
 */
export const releaseMatrices: Correction = {
  kernelName: 'BatchMatMul',
  correct: (original: Kernel) => (call: Call) => {
    const { backend, inputs } = call;
    const ids = [inputs.a.dataId, inputs.b.dataId] as const;
    const counts = ids.map((id) => backend.refCount(id));
    try {
      return original(call);
    } catch (error) {
      for (const [index, id] of ids.entries()) {
        while (backend.refCount(id) > counts[index]!) backend.disposeData(id);
      }
      throw error;
    }
  },
};
