import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type KernelCall, pointerTo } from '../../backend/wasmBackend';
import { type ConvolutionAttributes, convolutionSizes } from '../convolutionSizes';
import { outputOf, readFloats } from '../plainValues';
import { binaryFor } from '../trainingBinary';
import { withScratch } from '../withScratch';

type Sizes = ReturnType<typeof convolutionSizes>;

/** Gradient of a depthwise convolution's filter: `x` and `dy` in, `[height, width, channels, multiplier]` out. */
export function depthwiseBackpropFilter(
  call: KernelCall<Inputs<'x' | 'dy'>, ConvolutionAttributes & { readonly filterShape: readonly number[] }>,
): TensorInfo {
  const { backend, inputs, attrs } = call;
  const name = 'DepthwiseConv2dNativeBackpropFilter';
  const sizes = convolutionSizes(name, inputs.x.shape, attrs.filterShape, inputs.dy.shape, attrs, true);
  const binary = binaryFor(backend);
  if (!binary) {
    const [x, dy] = [readFloats(backend, inputs.x), readFloats(backend, inputs.dy)];
    const dw = new Float32Array(attrs.filterShape.reduce((product, length) => product * length, 1));
    forEachProduct(sizes, (pixel, output, weight) => {
      dw[weight] = dw[weight]! + x[pixel]! * dy[output]!;
    });
    return outputOf(backend, attrs.filterShape, dw);
  }
  const out = backend.makeOutput(attrs.filterShape, 'float32');
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = sizes;
  const [height, width] = paddedSize(sizes);
  withScratch(backend, (allocate) => {
    const x = allocate(batchSize * height * width * inChannels);
    const image = [batchSize, inHeight, inWidth, inChannels, height, width, inChannels];
    binary.padImages(pointerTo(backend, inputs.x), x, ...image, padInfo.top, padInfo.left);
    binary.depthwiseBackpropFilter(
      x,
      pointerTo(backend, inputs.dy),
      pointerTo(backend, out),
      ...describe(sizes),
    );
  });
  return out;
}

/** Gradient of a depthwise convolution's input: `dy` and `filter` in, the shape of the input out. */
export function depthwiseBackpropInput(
  call: KernelCall<
    Inputs<'dy' | 'filter'>,
    ConvolutionAttributes & { readonly inputShape: readonly number[] }
  >,
): TensorInfo {
  const { backend, inputs, attrs } = call;
  const name = 'DepthwiseConv2dNativeBackpropInput';
  const sizes = convolutionSizes(name, attrs.inputShape, inputs.filter.shape, inputs.dy.shape, attrs, true);
  const binary = binaryFor(backend);
  if (!binary) {
    const [dy, w] = [readFloats(backend, inputs.dy), readFloats(backend, inputs.filter)];
    const dx = new Float32Array(attrs.inputShape.reduce((product, length) => product * length, 1));
    forEachProduct(sizes, (pixel, output, weight) => {
      dx[pixel] = dx[pixel]! + dy[output]! * w[weight]!;
    });
    return outputOf(backend, attrs.inputShape, dx);
  }
  const out = backend.makeOutput(attrs.inputShape, 'float32');
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = sizes;
  const [height, width] = paddedSize(sizes);
  withScratch(backend, (allocate) => {
    const dx = allocate(batchSize * height * width * inChannels);
    const [dy, filter] = [pointerTo(backend, inputs.dy), pointerTo(backend, inputs.filter)];
    binary.depthwiseBackpropInput(dy, filter, dx, ...describe(sizes));
    const image = [batchSize, height, width, inChannels, inHeight, inWidth];
    binary.cropImages(dx, pointerTo(backend, out), ...image, padInfo.top, padInfo.left);
  });
  return out;
}

function paddedSize({ inHeight, inWidth, padInfo }: Sizes): [height: number, width: number] {
  return [inHeight + padInfo.top + padInfo.bottom, inWidth + padInfo.left + padInfo.right];
}

/** The numbers that both kernels take, in their order. */
function describe(sizes: Sizes): number[] {
  const { batchSize, inChannels, outChannels, outHeight, outWidth, filterHeight, filterWidth } = sizes;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = sizes;
  const image = [batchSize, ...paddedSize(sizes), inChannels, outChannels / inChannels, outHeight, outWidth];
  return [...image, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth];
}

/** Visits every product of the convolution: the positions of its input, output and weight. */
function forEachProduct(sizes: Sizes, visit: (pixel: number, output: number, weight: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = sizes;
  const multiplier = outChannels / inChannels;
  for (let output = 0; output < batchSize * outHeight * outWidth * outChannels; output++) {
    const channel = output % outChannels;
    const pixel = (output - channel) / outChannels;
    const [ow, oh] = [pixel % outWidth, Math.floor(pixel / outWidth) % outHeight];
    const image = Math.floor(pixel / (outWidth * outHeight));
    for (let fh = 0; fh < sizes.filterHeight; fh++) {
      const ih = oh * sizes.strideHeight - padInfo.top + fh * sizes.dilationHeight;
      if (ih < 0 || ih >= inHeight) continue;
      for (let fw = 0; fw < sizes.filterWidth; fw++) {
        const iw = ow * sizes.strideWidth - padInfo.left + fw * sizes.dilationWidth;
        if (iw < 0 || iw >= inWidth) continue;
        const source =
          ((image * inHeight + ih) * inWidth + iw) * inChannels + Math.floor(channel / multiplier);
        visit(source, output, (fh * sizes.filterWidth + fw) * outChannels + channel);
      }
    }
  }
}
