import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall, Values } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Shape = [number, number, number, number, number];
type Call = KernelCall<
  { readonly dy: TensorInfo; readonly filter: TensorInfo },
  {
    readonly strides: number | [number, number, number];
    readonly pad: 'valid' | 'same' | number;
    /** Of what is put out. */
    readonly inputShape: Shape;
  }
>;

/**
 * Transposed convolution in three dimensions, and the gradient of a convolution's input, which is the same.
 *
 * The backend loses a part of the products where the stride is even: `[1, 2]` by the kernel `[3, 5]` with stride 2 is
 * `[0, 5, 0, 10]` instead of `[3, 5, 6, 10]`. Here the values are put as far apart as the stride says, with zeros between
 * and around them, and are convolved with the kernel turned round (Dumoulin and Visin, 2016, chapter 4).
 */
export const conv3dTranspose: Correction = {
  kernelName: 'Conv3DBackpropInputV2',
  example: {
    inputs: {
      dy: { shape: [1, 1, 1, 2, 1], values: Float32Array.of(1, 2) },
      filter: { shape: [1, 1, 2, 1, 1], values: Float32Array.of(3, 5) },
    },
    attributes: { strides: [1, 1, 2], pad: 'valid', inputShape: [1, 1, 1, 4, 1] },
    output: [3, 5, 6, 10],
  },
  correct: () => convolveStuffed,
};

function convolveStuffed({ backend, inputs, attrs }: Call): TensorInfo {
  const { dy, filter } = inputs;
  const { strides, pad, inputShape } = attrs;
  const sizes = backend_util.computeConv3DInfo(inputShape, filter.shape as Shape, strides, 1, pad);
  const { batchSize, inDepth, inHeight, inWidth, outChannels, padInfo } = sizes;
  const { filterDepth, filterHeight, filterWidth } = sizes;
  const stuffed = [
    batchSize,
    inDepth + filterDepth - 1,
    inHeight + filterHeight - 1,
    inWidth + filterWidth - 1,
    outChannels,
  ];
  const first = [
    filterDepth - 1 - Math.max(0, padInfo.front),
    filterHeight - 1 - Math.max(0, padInfo.top),
    filterWidth - 1 - Math.max(0, padInfo.left),
  ];
  const steps = [sizes.strideDepth, sizes.strideHeight, sizes.strideWidth];
  return composeKernels(backend, ({ make, run }) => {
    const x = make(stuffed, 'float32');
    spread(backend.typedArrayFromHeap(dy), dy.shape, backend.typedArrayFromHeap(x), stuffed, first, steps);
    const turned = make([...filter.shape.slice(0, 3), filter.shape[4]!, filter.shape[3]!], 'float32');
    turn(backend.typedArrayFromHeap(filter), filter.shape, backend.typedArrayFromHeap(turned));
    const attributes = { strides: 1, pad: 'valid', dilations: 1, dataFormat: 'NDHWC' };
    return run('Conv3D', { x, filter: turned }, attributes);
  });
}

/** Writes each position's channels of `from` where `first` and `steps` say, zeros elsewhere. */
function spread(
  from: Values,
  fromShape: readonly number[],
  to: Values,
  toShape: readonly number[],
  first: readonly number[],
  steps: readonly number[],
): void {
  to.fill(0);
  const [batch, depth, height, width, channels] = fromShape as Shape;
  const [, toDepth, toHeight, toWidth] = toShape as Shape;
  let position = 0;
  for (let image = 0; image < batch; image++) {
    for (let d = 0; d < depth; d++) {
      for (let h = 0; h < height; h++) {
        for (let w = 0; w < width; w++, position++) {
          const [z, y, x] = [d * steps[0]! + first[0]!, h * steps[1]! + first[1]!, w * steps[2]! + first[2]!];
          // Beyond the padding nothing of it is seen.
          if (z < 0 || y < 0 || x < 0 || z >= toDepth || y >= toHeight || x >= toWidth) continue;
          const at = ((image * toDepth + z) * toHeight + y) * toWidth + x;
          to.set(from.subarray(position * channels, (position + 1) * channels), at * channels);
        }
      }
    }
  }
}

/** Reverses a filter on each axis of space, and swaps its channels. */
function turn(from: Values, shape: readonly number[], to: Values): void {
  const [inChannels, outChannels] = shape.slice(3) as [number, number];
  const positions = util.sizeFromShape(shape.slice(0, 3));
  for (let position = 0; position < positions; position++) {
    const source = (positions - 1 - position) * inChannels * outChannels;
    const target = position * inChannels * outChannels;
    for (let one = 0; one < inChannels; one++) {
      for (let other = 0; other < outChannels; other++) {
        to[target + other * inChannels + one] = from[source + one * outChannels + other]!;
      }
    }
  }
}
