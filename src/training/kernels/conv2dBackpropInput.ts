import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  callKernel,
  type Inputs,
  type KernelCall,
  pointerTo,
  type WasmBackend,
} from '../../backend/wasmBackend';
import { type ConvolutionAttributes, convolutionSizes } from '../convolutionSizes';
import { binaryFor } from '../trainingBinary';
import { withScratch } from '../withScratch';

type Attributes = ConvolutionAttributes & { readonly inputShape: readonly number[] };
type Sizes = ReturnType<typeof convolutionSizes>;

/** Gradient of a convolution's input: `dy` and `filter` in, `[batch, height, width, inChannels]` out. */
export function conv2dBackpropInput(call: KernelCall<Inputs<'dy' | 'filter'>, Attributes>): TensorInfo {
  const { backend, inputs, attrs } = call;
  const sizes = convolutionSizes(
    'Conv2DBackpropInput',
    attrs.inputShape,
    inputs.filter.shape,
    inputs.dy.shape,
    attrs,
  );
  const binary = binaryFor(backend);
  if (!binary) return expressAsConv2d(backend, inputs.dy, inputs.filter, sizes);

  const { padInfo, batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = sizes;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = sizes;
  const out = backend.makeOutput(sizes.inShape, 'float32');
  const channels = Math.ceil(inChannels / 8) * 8;
  const depth = Math.ceil(outChannels / 4) * 4;
  // Columns of dy that windows beyond the borders would have.
  const left = Math.max(0, Math.ceil(((filterWidth - 1) * dilationWidth - padInfo.left) / strideWidth));
  const right = Math.max(0, Math.floor((inWidth - 1 + padInfo.left) / strideWidth) - (outWidth - 1));
  const width = outWidth + left + right;
  withScratch(backend, (allocate) => {
    const dy = allocate(batchSize * outHeight * width * depth);
    const output = [batchSize, outHeight, outWidth, outChannels, outHeight, width, depth];
    binary.padImages(pointerTo(backend, inputs.dy), dy, ...output, 0, left);
    const filter = allocate(filterHeight * filterWidth * depth * channels);
    const turned = [filterHeight * filterWidth, inChannels, outChannels, depth, channels];
    binary.transpose(pointerTo(backend, inputs.filter), filter, ...turned);

    const isWide = channels > inChannels;
    const dx = isWide ? allocate(batchSize * inHeight * inWidth * channels) : pointerTo(backend, out);
    const image = [batchSize, inHeight, inWidth, channels, outHeight, width, left, depth];
    const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo.top, padInfo.left];
    binary.conv2dBackpropInput(dy, filter, dx, ...image, filterHeight, filterWidth, ...steps);
    if (isWide) {
      const pixels = batchSize * inHeight * inWidth;
      binary.cropChannels(dx, pointerTo(backend, out), pixels, channels, inChannels);
    }
  });
  return out;
}

/**
 * The same without a binary: a convolution of dy, zeros between its pixels where the stride is above 1, with the filter
 * turned by 180°, its channels in and out having changed places.
 */
function expressAsConv2d(backend: WasmBackend, dy: TensorInfo, filter: TensorInfo, sizes: Sizes): TensorInfo {
  const { padInfo, inHeight, inWidth, dilationHeight, dilationWidth } = sizes;
  const made: TensorInfo[] = [];
  const call = (name: string, inputs: Record<string, TensorInfo>, attrs: object): TensorInfo => {
    const output = callKernel(backend, name, inputs, attrs);
    made.push(output);
    return output;
  };
  const reversed = call('Reverse', { x: filter }, { dims: [0, 1] });
  const turned = call('Transpose', { x: reversed }, { perm: [0, 1, 3, 2] });
  const spread = spreadPixels(call, dy, sizes);
  const [height, width] = spread.shape.slice(1, 3) as [number, number];
  const before = [
    (sizes.filterHeight - 1) * dilationHeight - padInfo.top,
    (sizes.filterWidth - 1) * dilationWidth - padInfo.left,
  ] as const;
  const after = [inHeight - height + padInfo.top, inWidth - width + padInfo.left] as const;
  const image = cropOrPad(call, spread, before, after);
  const out = callKernel(
    backend,
    'Conv2D',
    { x: image, filter: turned },
    {
      strides: [1, 1],
      dilations: [dilationHeight, dilationWidth],
      pad: 'valid',
      dataFormat: 'NHWC',
    },
  );
  for (const { dataId } of made) backend.disposeData(dataId);
  return out;
}

type Call = (name: string, inputs: Record<string, TensorInfo>, attrs: object) => TensorInfo;

/** Puts stride - 1 zeros between the pixels. */
function spreadPixels(call: Call, dy: TensorInfo, sizes: Sizes): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = sizes;
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const wide = call('Reshape', { x: dy }, { shape: [batchSize * outHeight, outWidth, 1, outChannels] });
  const columns = call(
    'PadV2',
    { x: wide },
    {
      paddings: [
        [0, 0],
        [0, 0],
        [0, strideWidth - 1],
        [0, 0],
      ],
      constantValue: 0,
    },
  );
  const width = outWidth * strideWidth;
  const rows = call('Reshape', { x: columns }, { shape: [batchSize * outHeight, 1, width, outChannels] });
  const high = call(
    'PadV2',
    { x: rows },
    {
      paddings: [
        [0, 0],
        [0, strideHeight - 1],
        [0, 0],
        [0, 0],
      ],
      constantValue: 0,
    },
  );
  const height = outHeight * strideHeight;
  const all = call('Reshape', { x: high }, { shape: [batchSize, height, width, outChannels] });
  const size = [batchSize, height - strideHeight + 1, width - strideWidth + 1, outChannels];
  return call('Slice', { x: all }, { begin: [0, 0, 0, 0], size });
}

/** Adds so many rows and columns of zeros on each side, or takes off as many where the number is negative. */
function cropOrPad(
  call: Call,
  image: TensorInfo,
  before: readonly [number, number],
  after: readonly [number, number],
): TensorInfo {
  const [batch, height, width, channels] = image.shape as [number, number, number, number];
  const less = (count: number) => Math.max(0, -count);
  const more = (count: number) => Math.max(0, count);
  const kept = call(
    'Slice',
    { x: image },
    {
      begin: [0, less(before[0]), less(before[1]), 0],
      size: [
        batch,
        height - less(before[0]) - less(after[0]),
        width - less(before[1]) - less(after[1]),
        channels,
      ],
    },
  );
  const paddings = [
    [0, 0],
    [more(before[0]), more(after[0])],
    [more(before[1]), more(after[1])],
    [0, 0],
  ];
  return call('PadV2', { x: kept }, { paddings, constantValue: 0 });
}
