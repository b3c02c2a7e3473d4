import { slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<
  { readonly x: TensorInfo },
  {
    readonly begin: number[];
    readonly end: number[];
    readonly strides?: number[];
    readonly beginMask: number;
    readonly endMask: number;
    readonly ellipsisMask: number;
    readonly newAxisMask: number;
    readonly shrinkAxisMask: number;
  }
>;

/**
 * Slices with a stride.
 *
 * tfjs loses count of the axes where one is taken away and another has a stride: row 1 and every second column of 1 to 15
 * as [5, 3] is `[2, 3]` instead of `[4, 6]`. And the backend takes whole numbers and truth values for floats. There the
 * values are copied here. (Other backends have the first of the faults, and keep it.)
 */
export const stridedSlice: Correction = {
  kernelName: 'StridedSlice',
  example: {
    inputs: { x: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) } },
    attributes: {
      begin: [1, 0],
      end: [2, 3],
      strides: [1, 2],
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 1,
    },
    output: [4, 6],
  },
  correct: (original: Kernel) => (call: Call) => {
    const { dtype } = call.inputs.x;
    const { strides = [], newAxisMask, shrinkAxisMask } = call.attrs;
    const isPlain = dtype === 'float32' && !shrinkAxisMask && !newAxisMask;
    if (isPlain || dtype === 'string' || strides.every((stride) => stride === 1)) return original(call);
    return copySlice(call);
  },
};

function copySlice({ backend, inputs, attrs }: Call): TensorInfo {
  const { x } = inputs;
  const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const { finalShape, begin, end, strides } = slice_util.sliceInfo(
    x.shape,
    attrs.begin,
    attrs.end,
    attrs.strides!,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const counts = begin.map((first, axis) => Math.max(0, Math.ceil((end[axis]! - first) / strides[axis]!)));
  const xStrides = [...util.computeStrides(x.shape), 1];
  return composeKernels(backend, ({ make }) => {
    const out = make(finalShape, x.dtype);
    const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
    let written = 0;
    const copy = (axis: number, offset: number): void => {
      if (axis === counts.length) {
        to[written++] = from[offset]!;
        return;
      }
      for (let index = 0; index < counts[axis]!; index++) {
        copy(axis + 1, offset + (begin[axis]! + index * strides[axis]!) * xStrides[axis]!);
      }
    };
    if (to.length > 0) copy(0, 0);
    return out;
  });
}
