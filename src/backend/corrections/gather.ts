import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<
  { readonly x: TensorInfo; readonly indices: TensorInfo },
  { readonly axis: number; readonly batchDims: number }
>;

/**
 * Gathering with batch dimensions, where each row has indices of its own.
 *
 * The backend reads from wrong places, beyond the indices and the values even; therefore it is not tried out. Here the values
 * are copied by loops.
 */
export const gather: Correction = {
  kernelName: 'GatherV2',
  correct: (original: Kernel) => (call: Call) =>
    call.attrs.batchDims && call.inputs.x.dtype !== 'string' ? gatherInBatches(call) : original(call),
};

function gatherInBatches({ backend, inputs, attrs }: Call): TensorInfo {
  const { x, indices } = inputs;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const sizes = backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, attrs.batchDims);
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } = sizes;
  return composeKernels(backend, ({ make }) => {
    const out = make(outputShape, x.dtype);
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
    const chosen = backend.typedArrayFromHeap(indices);
    const count = chosen.length / batchSize;
    for (let row = 0; row < batchSize * outerSize; row++) {
      const first = Math.floor(row / outerSize) * count;
      for (let at = 0; at < count; at++) {
        const index = chosen[first + at]!;
        if (index < 0 || index >= dimSize) {
          throw new RangeError(`GatherV2: expected indices from 0 to ${dimSize - 1}, got ${index}`);
        }
        const source = (row * dimSize + index) * sliceSize;
        to.set(from.subarray(source, source + sliceSize), (row * count + at) * sliceSize);
      }
    }
    return out;
  });
}
