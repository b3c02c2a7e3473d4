import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type Kernel, type KernelCall, sizeOf, type WasmBackend } from '../wasmBackend';
import type { Correction } from './Correction';
import { HEADROOM } from './guardMemory';

type Pair = number | [number, number];
type Image = [number, number, number, number];

interface WindowAttributes {
  readonly filterSize: Pair;
  readonly strides: Pair;
  readonly dilations?: Pair | null;
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Kernels that take memory for themselves: XNNPACK, which computes for the backend, packs weights, and lists for each place
 * of the output where the values of its window are.
 *
 * Where that memory is not there, the backend writes a line to the console and puts out what happens to be in the output;
 * convolutions and products go on doing so with the same weights, since they keep what they have packed. Here the blocks are
 * asked for before, each at least as large as XNNPACK's, and given back. To try that out, the memory would have to be filled.
 */
export const reserveScratch: readonly Correction[] = [
  create('Conv2D', convolution),
  create('FusedConv2D', convolution),
  create('DepthwiseConv2dNative', depthwise),
  create('FusedDepthwiseConv2D', depthwise),
  create('MaxPool', pooling),
  create('AvgPool', pooling),
  create('ResizeBilinear', enlargement),
  create('BatchMatMul', product),
  create('_FusedMatMul', product),
];

/** @param listBlocks Lists the bytes of what the kernel puts out, and behind it of what it takes for itself. */
function create<Given, Attributes>(
  kernelName: string,
  listBlocks: (inputs: Given, attributes: Attributes) => readonly number[],
): Correction {
  return {
    kernelName,
    correct: (original: Kernel) => (call: KernelCall<Given, Attributes>) => {
      const [output = 0, ...scratch] = listBlocks(call.inputs, call.attrs);
      // So much is left behind every tensor that is made.
      if (scratch.some((bytes) => bytes > HEADROOM / 4)) requireBlocks(call.backend, [output, ...scratch]);
      return original(call as unknown as KernelCall);
    },
  };
}

function requireBlocks({ wasm }: WasmBackend, blocks: readonly number[]): void {
  const pointers: number[] = [];
  try {
    for (const bytes of blocks) pointers.push(wasm._malloc(bytes));
  } finally {
    for (const pointer of pointers) wasm._free(pointer);
  }
}

function convolution({ x, filter }: Inputs<'x' | 'filter'>, attrs: WindowAttributes): number[] {
  const { output, places } = measureConvolution(x, filter, attrs, false);
  const [height, width, inputs, outputs] = filter.shape as Image;
  // The weights turned round, and packed: in blocks of so many inputs and outputs, behind a bias each.
  const packed = 4 * roundUp(outputs, 16) * (height * width * roundUp(inputs, 8) + 1);
  return [output, 4 * sizeOf(filter.shape), packed, 4 * height * width * roundUp(places, 8)];
}

function depthwise({ x, filter }: Inputs<'x' | 'filter'>, attrs: WindowAttributes): number[] {
  const { output, places } = measureConvolution(x, filter, attrs, true);
  const [height, width, channels] = filter.shape as Image;
  // There are kernels for 25 places at the least; larger windows go through those of any convolution.
  const packed = 4 * channels * 16 * (Math.max(25, height * width) * 8 + 1);
  return [output, 4 * sizeOf(filter.shape), packed, 4 * height * width * roundUp(places, 8)];
}

function measureConvolution(
  x: TensorInfo,
  filter: TensorInfo,
  { strides, dilations, pad, dimRoundingMode }: WindowAttributes,
  isDepthwise: boolean,
) {
  const [image, kernel] = [x.shape as Image, filter.shape as Image];
  const { outHeight, outWidth, outShape } = backend_util.computeConv2DInfo(
    image,
    kernel,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    isDepthwise,
  );
  return { output: 4 * sizeOf(outShape), places: outHeight * outWidth };
}

function pooling({ x }: Inputs<'x'>, attrs: WindowAttributes): number[] {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const { outHeight, outWidth, outShape, filterHeight, filterWidth } = backend_util.computePool2DInfo(
    x.shape as Image,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const places = outHeight * outWidth;
  // An average also has a divisor for each place.
  return [4 * sizeOf(outShape), 4 * filterHeight * filterWidth * roundUp(places, 8), 4 * places];
}

/** Of four pixels around each place, where they are and how much they count. */
function enlargement(
  { images }: Inputs<'images'>,
  { size: [height, width] }: { readonly size: readonly [number, number] },
): number[] {
  const places = height * width;
  const [batch, , , channels] = images.shape as Image;
  return [4 * batch * places * channels, 16 * places, 8 * places];
}

/** The right matrix is packed, unless there are several or one is turned round. */
function product(
  { a, b }: Inputs<'a' | 'b'>,
  { transposeA, transposeB }: { readonly transposeA: boolean; readonly transposeB: boolean },
): number[] {
  if (transposeA || transposeB || sizeOf(b.shape.slice(0, -2)) !== 1) return [];
  const [rows, columns] = b.shape.slice(-2) as [number, number];
  const output = 4 * sizeOf(a.shape.slice(0, -1)) * columns;
  return [output, 4 * roundUp(columns, 16) * (roundUp(rows, 8) + 1)];
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
