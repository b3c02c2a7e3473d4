import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction, Example } from './Correction';

type Call = KernelCall<
  { readonly x: TensorInfo; readonly filter: TensorInfo },
  {
    readonly strides: number | [number, number];
    readonly dilations?: number | [number, number] | null;
    readonly pad: string | number | backend_util.ExplicitPadding;
    readonly dataFormat?: string | null;
  }
>;

const SKIPPING: Example = {
  inputs: {
    x: { shape: [1, 3, 3, 1], values: Float32Array.of(1, 2, 0, 3, 4, 0, 0, 0, 0) },
    filter: { shape: [2, 2, 1, 1], values: Float32Array.of(1, 1, 1, 1) },
  },
  attributes: { strides: 3, dilations: 1, pad: 'same', dataFormat: 'NHWC', activation: 'linear' },
  output: [10],
};

/**
 * Convolutions with the padding `same`, in one dimension and in two, plain, depthwise and fused.
 *
 * The backend puts out the bias alone, whatever the image, where the last window ends before the image does on an axis and
 * the kernel is not 1 × 1: a 2 × 2 kernel with stride 3, or a 1 × 3 kernel with stride 2 over an even height. With the same
 * padding given in numbers it is right, and that is how it is called.
 */
export const samePadding: readonly Correction[] = [
  createCorrection('Conv2D', false),
  createCorrection('FusedConv2D', false),
  createCorrection('DepthwiseConv2dNative', true),
  createCorrection('FusedDepthwiseConv2D', true),
];

function createCorrection(kernelName: string, depthwise: boolean): Correction {
  return {
    kernelName,
    example: SKIPPING,
    correct: (original: Kernel) => (call: Call) =>
      endsBeforeImage(call) ? original(withNumbers(call, depthwise)) : original(call),
  };
}

function endsBeforeImage({ inputs, attrs }: Call): boolean {
  const { strides, dilations, pad, dataFormat } = attrs;
  if (pad !== 'same' || dataFormat === 'NCHW') return false;
  const [, height, width] = inputs.x.shape as [number, number, number];
  const [filterHeight, filterWidth] = inputs.filter.shape as [number, number];
  if (filterHeight === 1 && filterWidth === 1) return false;
  const [strideHeight, strideWidth] = pairOf(strides);
  const [dilationHeight, dilationWidth] = pairOf(dilations ?? 1);
  return (
    lastEnd(height, filterHeight, strideHeight, dilationHeight) < height ||
    lastEnd(width, filterWidth, strideWidth, dilationWidth) < width
  );
}

/** Where the last window ends that begins within the image. */
function lastEnd(size: number, filter: number, stride: number, dilation: number): number {
  return (Math.ceil(size / stride) - 1) * stride + (filter - 1) * dilation + 1;
}

function pairOf(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value;
}

function withNumbers({ backend, inputs, attrs }: Call, depthwise: boolean): Call {
  const { top, bottom, left, right } = backend_util.computeConv2DInfo(
    inputs.x.shape as [number, number, number, number],
    inputs.filter.shape as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    'same',
    undefined,
    depthwise,
  ).padInfo;
  const pad: backend_util.ExplicitPadding = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return { backend, inputs, attrs: { ...attrs, pad } };
}
