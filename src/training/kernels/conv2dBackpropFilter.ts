import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  callKernel,
  type Inputs,
  type KernelCall,
  pointerTo,
  sizeOf,
  type WasmBackend,
} from '../../backend/wasmBackend';
import { type ConvolutionAttributes, convolutionSizes } from '../convolutionSizes';
import { outputOf } from '../plainValues';
import { binaryFor } from '../trainingBinary';
import { withScratch } from '../withScratch';

type Attributes = ConvolutionAttributes & { readonly filterShape: readonly number[] };
type Sizes = ReturnType<typeof convolutionSizes>;

/** Gradient of a convolution's filter: `x` and `dy` in, `[filterHeight, filterWidth, inChannels, outChannels]` out. */
export function conv2dBackpropFilter(call: KernelCall<Inputs<'x' | 'dy'>, Attributes>): TensorInfo {
  const { backend, inputs, attrs } = call;
  const sizes = convolutionSizes(
    'Conv2DBackpropFilter',
    inputs.x.shape,
    attrs.filterShape,
    inputs.dy.shape,
    attrs,
  );
  const binary = binaryFor(backend);
  if (!binary) return expressAsConv2d(backend, inputs.x, inputs.dy, sizes);

  const { padInfo, batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = sizes;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = sizes;
  const out = backend.makeOutput(sizes.filterShape, 'float32');
  const height = inHeight + padInfo.top + padInfo.bottom;
  const width = inWidth + padInfo.left + padInfo.right;
  const channels = Math.ceil(outChannels / 8) * 8;
  withScratch(backend, (allocate) => {
    let x = pointerTo(backend, inputs.x);
    if (height > inHeight || width > inWidth) {
      const padded = allocate(batchSize * height * width * inChannels);
      const shape = [batchSize, inHeight, inWidth, inChannels, height, width, inChannels];
      binary.padImages(x, padded, ...shape, padInfo.top, padInfo.left);
      x = padded;
    }
    let dy = pointerTo(backend, inputs.dy);
    let dw = pointerTo(backend, out);
    if (channels > outChannels) {
      const wide = allocate(batchSize * outHeight * outWidth * channels);
      binary.padImages(
        dy,
        wide,
        batchSize,
        outHeight,
        outWidth,
        outChannels,
        outHeight,
        outWidth,
        channels,
        0,
        0,
      );
      dy = wide;
      dw = allocate(filterHeight * filterWidth * inChannels * channels);
    }
    const [image, output] = [
      [batchSize, height, width, inChannels],
      [outHeight, outWidth, channels],
    ];
    const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth];
    binary.conv2dBackpropFilter(x, dy, dw, ...image, ...output, filterHeight, filterWidth, ...steps);
    if (channels > outChannels) {
      const rows = filterHeight * filterWidth * inChannels;
      binary.cropChannels(dw, pointerTo(backend, out), rows, channels, outChannels);
    }
  });
  return out;
}

/** Terms that are summed one after the other at the most: more would cost accuracy. */
const LONGEST_SUM = 2048;

/**
 * The same without a binary: a convolution of the image, its channels taken for the batch, with dy taken for the filter.
 * Strides and dilations change places. A few images are taken at a time, and their gradients added up.
 */
function expressAsConv2d(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, sizes: Sizes): TensorInfo {
  const { padInfo, batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels, outChannels } =
    sizes;
  const made: TensorInfo[] = [];
  const call = (name: string, inputs: Record<string, TensorInfo>, attrs: object): TensorInfo => {
    const output = callKernel(backend, name, inputs, attrs);
    made.push(output);
    return output;
  };
  const some = (all: TensorInfo, first: number, count: number): TensorInfo => {
    const begin = [first, 0, 0, 0];
    return call('Slice', { x: all }, { begin, size: [count, ...all.shape.slice(1)] });
  };
  const atOnce = Math.max(1, Math.floor(LONGEST_SUM / (outHeight * outWidth)));
  if (batchSize === 0)
    return outputOf(backend, sizes.filterShape, new Float32Array(sizeOf(sizes.filterShape)));
  let sum: TensorInfo | undefined;
  for (let first = 0; first < batchSize; first += atOnce) {
    const count = Math.min(atOnce, batchSize - first);
    const image = call('Transpose', { x: some(x, first, count) }, { perm: [3, 1, 2, 0] });
    const filter = call('Transpose', { x: some(dy, first, count) }, { perm: [1, 2, 0, 3] });
    const part = call(
      'Conv2D',
      { x: image, filter },
      {
        strides: [sizes.dilationHeight, sizes.dilationWidth],
        dilations: [sizes.strideHeight, sizes.strideWidth],
        pad: [
          [0, 0],
          [padInfo.top, padInfo.bottom],
          [padInfo.left, padInfo.right],
          [0, 0],
        ],
        dataFormat: 'NHWC',
        dimRoundingMode: 'floor',
      },
    );
    sum = sum ? call('Add', { a: sum, b: part }, {}) : part;
  }
  // Rows of the image that no window reached make it larger than the filter.
  const size = [inChannels, filterHeight, filterWidth, outChannels];
  const turned = call('Slice', { x: sum! }, { begin: [0, 0, 0, 0], size });
  const out = callKernel(backend, 'Transpose', { x: turned }, { perm: [1, 2, 0, 3] });
  for (const { dataId } of made) backend.disposeData(dataId);
  return out;
}
