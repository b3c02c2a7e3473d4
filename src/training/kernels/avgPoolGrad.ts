import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { callKernel, type Inputs, type KernelCall, type OriginalKernel } from '../../backend/wasmBackend';
import { outputOf } from '../plainValues';

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
}

/**
 * Gradient of average pooling. An average is taken over the values of a window that lie inside the image; tfjs's own
 * gradient divides by the size of the pool there too. What comes in is made larger by as much.
 */
export function avgPoolGrad(original: OriginalKernel) {
  return (call: KernelCall<Inputs<'dy' | 'input'>, Attributes>): TensorInfo => {
    const { backend, inputs, attrs } = call;
    const shape = inputs.input.shape as [number, number, number, number];
    const sizes = backend_util.computePool2DInfo(shape, attrs.filterSize, attrs.strides, 1, attrs.pad);
    const { padInfo, outHeight, outWidth, filterHeight, filterWidth } = sizes;
    const isPadded = Object.values(padInfo).some((side) => typeof side === 'number' && side > 0);
    if (!isPadded) return original(call);

    const rows = countInside(outHeight, sizes.strideHeight, filterHeight, padInfo.top, sizes.inHeight);
    const columns = countInside(outWidth, sizes.strideWidth, filterWidth, padInfo.left, sizes.inWidth);
    const pool = filterHeight * filterWidth;
    // A window without a value has no gradient to give.
    const factors = rows.flatMap((row) => columns.map((column) => pool / Math.max(1, row * column)));
    const factor = outputOf(backend, [1, outHeight, outWidth, 1], Float32Array.from(factors));
    const dy = callKernel(backend, 'Multiply', { a: inputs.dy, b: factor }, {});
    const out = original({ ...call, inputs: { ...inputs, dy } });
    for (const { dataId } of [factor, dy]) backend.disposeData(dataId);
    return out;
  };
}

/** Numbers of values of each window that lie inside the image, along an axis. */
function countInside(count: number, stride: number, size: number, before: number, length: number): number[] {
  return Array.from({ length: count }, (_, window) => {
    const begin = window * stride - before;
    return Math.max(0, Math.min(length, begin + size) - Math.max(0, begin));
  });
}
