import type { TensorInfo } from '@tensorflow/tfjs-core';
import { formatShape } from '../../common/errors';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';

type Sizes = number | readonly number[];
type Call = KernelCall<
  { readonly x: TensorInfo; readonly filter?: TensorInfo },
  {
    readonly filterSize?: Sizes;
    readonly dilations?: Sizes | null;
    readonly pad: string | number | readonly (readonly [number, number])[];
    readonly dataFormat?: string | null;
  }
>;

/** Kernels whose windows go over an image, and over how many axes. */
const KERNELS: Readonly<Record<string, 2 | 3>> = {
  Conv2D: 2,
  FusedConv2D: 2,
  DepthwiseConv2dNative: 2,
  FusedDepthwiseConv2D: 2,
  Dilation2D: 2,
  MaxPool: 2,
  AvgPool: 2,
  MaxPoolWithArgmax: 2,
  Conv3D: 3,
  MaxPool3D: 3,
  AvgPool3D: 3,
};

/**
 * Windows that are larger than the image.
 *
 * tfjs computes a size of 0 or below for what comes out. The backend goes on with that: it puts out what happens to be in its
 * memory, or writes over it, after which every call fails. Therefore it is not tried out which version does so; no version
 * can be right, since there is nothing to compute.
 */
export const refuseNoOutput: readonly Correction[] = Object.entries(KERNELS).map(([kernelName, axes]) => ({
  kernelName,
  correct: (original: Kernel) => (call: Call) => {
    requireWindow(kernelName, axes, call);
    return original(call);
  },
}));

function requireWindow(kernelName: string, axes: number, { inputs, attrs }: Call): void {
  const { pad, dataFormat } = attrs;
  const dilations = attrs.dilations ?? 1;
  const filter = inputs.filter?.shape ?? attrs.filterSize;
  if (pad === 'same' || filter === undefined || dataFormat === 'NCHW' || dataFormat === 'NCDHW') return;
  const { shape } = inputs.x;
  for (let axis = 0; axis < axes; axis++) {
    if (paddedSize(shape, pad, axis) >= windowSize(filter, dilations, axis)) continue;
    const all = Array.from({ length: axes }, (_, each) => each);
    const needed = all.map((each) => windowSize(filter, dilations, each));
    const got = all.map((each) => paddedSize(shape, pad, each));
    throw new RangeError(
      `${kernelName}: expected an image of at least ${formatShape(needed)}, which is the size of the window, got ${formatShape(got)}`,
    );
  }
}

/** With dilation, a window reaches over the gaps between its values. */
function windowSize(filter: Sizes, dilations: Sizes, axis: number): number {
  return (sizeAt(filter, axis) - 1) * sizeAt(dilations, axis) + 1;
}

function paddedSize(shape: readonly number[], pad: Call['attrs']['pad'], axis: number): number {
  const size = shape[axis + 1]!;
  if (typeof pad === 'number') return size + 2 * pad;
  return typeof pad === 'string' ? size : size + pad[axis + 1]![0] + pad[axis + 1]![1];
}

function sizeAt(sizes: Sizes, axis: number): number {
  return typeof sizes === 'number' ? sizes : sizes[axis]!;
}
