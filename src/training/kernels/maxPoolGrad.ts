import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type KernelCall, pointerTo } from '../../backend/wasmBackend';
import { outputOf, readFloats } from '../plainValues';
import { binaryFor } from '../trainingBinary';

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Gradient of maximum pooling: `dy`, `input` and `output` in, the shape of `input` out. That of each output goes to the
 * first of its window that is the maximum. The backend's own kernel takes no value below the smallest positive float for
 * a maximum, and is wrong without a word where a window has none above.
 */
export function maxPoolGrad(call: KernelCall<Inputs<'dy' | 'input' | 'output'>, Attributes>): TensorInfo {
  const { backend, inputs, attrs } = call;
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const shape = inputs.input.shape as [number, number, number, number];
  const [, outHeight, outWidth] = inputs.dy.shape as [number, number, number, number];
  const pool = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const sizes = { ...pool, outHeight, outWidth };
  const binary = binaryFor(backend);
  if (!binary) {
    const [dy, x, y] = [inputs.dy, inputs.input, inputs.output].map((info) => readFloats(backend, info));
    return outputOf(backend, shape, spreadGradient(dy!, x!, y!, sizes));
  }

  const out = backend.makeOutput(shape, 'float32');
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = sizes;
  const [dy, x, y] = [inputs.dy, inputs.input, inputs.output].map((info) => pointerTo(backend, info));
  const image = [batchSize, inHeight, inWidth, inChannels, outHeight, outWidth];
  const window = [sizes.filterHeight, sizes.filterWidth, sizes.strideHeight, sizes.strideWidth];
  binary.maxPoolGrad(
    dy!,
    x!,
    y!,
    pointerTo(backend, out),
    ...image,
    ...window,
    1,
    1,
    padInfo.top,
    padInfo.left,
  );
  return out;
}

function spreadGradient(
  dy: Float32Array,
  x: Float32Array,
  y: Float32Array,
  sizes: backend_util.Conv2DInfo,
): Float32Array {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = sizes;
  const dx = new Float32Array(x.length);
  for (let at = 0; at < dy.length; at++) {
    const channel = at % inChannels;
    const pixel = (at - channel) / inChannels;
    const [ow, oh] = [pixel % outWidth, Math.floor(pixel / outWidth) % outHeight];
    const image = Math.floor(pixel / (outWidth * outHeight));
    const top = oh * sizes.strideHeight - padInfo.top;
    const left = ow * sizes.strideWidth - padInfo.left;
    search: for (let ih = Math.max(0, top); ih < Math.min(inHeight, top + sizes.filterHeight); ih++) {
      for (let iw = Math.max(0, left); iw < Math.min(inWidth, left + sizes.filterWidth); iw++) {
        const from = ((image * inHeight + ih) * inWidth + iw) * inChannels + channel;
        if (x[from] !== y[at]) continue;
        dx[from] = dx[from]! + dy[at]!;
        break search;
      }
    }
  }
  return dx;
}
