import type { TensorInfo } from '@tensorflow/tfjs-core';
import { outputOf, readFloats } from '../plainValues';
import type { KernelCall, OriginalKernel } from '../wasmBackend';

interface Attributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Which two places of the image a place of the resized one is made of along an axis, and the share of the second. */
type Tap = readonly [low: number, high: number, share: number];

/**
 * Gradient of bilinear resizing: `dy` and `images` in, the shape of `images` out. tfjs's own takes corners for centres
 * whatever it is told; only the resizing that it is right for is left to it.
 */
export function resizeBilinearGrad(original: OriginalKernel) {
  return withTaps(original, (place, ratio, length) => {
    const source = Math.fround(Math.fround((place + 0.5) * ratio) - 0.5);
    const low = Math.max(0, Math.floor(source));
    return [low, Math.min(length - 1, low + 1), Math.max(0, source - low)];
  });
}

/** The same for resizing to the nearest pixel. */
export function resizeNearestGrad(original: OriginalKernel) {
  return withTaps(original, (place, ratio, length) => {
    const nearest = Math.min(length - 1, Math.floor(Math.fround((place + 0.5) * ratio)));
    return [nearest, nearest, 0];
  });
}

/**
 * @param tapOf Takes a place, the length of the image divided by that of the resized one, and the former. The numbers
 *   are rounded to float32 where the backend's kernel does, so that both choose the same pixels.
 */
function withTaps(
  original: OriginalKernel,
  tapOf: (place: number, ratio: number, length: number) => Tap,
): (call: KernelCall<'dy' | 'images', Attributes>) => TensorInfo {
  return (call) => {
    const { backend, inputs, attrs } = call;
    if (!attrs.halfPixelCenters) return original(call);
    const { dy, images } = inputs;
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
    const taps = (length: number, outLength: number) =>
      Array.from({ length: outLength }, (_, place) => tapOf(place, Math.fround(length / outLength), length));
    // Resizing is linear, and an axis at a time.
    const high = readFloats(backend, dy);
    const low = gather(high, batch, taps(height, outHeight), height, outWidth * channels);
    const dx = gather(low, batch * height, taps(width, outWidth), width, channels);
    return outputOf(backend, images.shape, dx);
  };
}

/** Gives the gradient of each resized row to the rows that it is made of. */
function gather(
  dy: Float32Array,
  outer: number,
  taps: readonly Tap[],
  length: number,
  inner: number,
): Float32Array {
  const dx = new Float32Array(outer * length * inner);
  for (let at = 0; at < outer; at++) {
    for (const [place, [low, high, share]] of taps.entries()) {
      const from = (at * taps.length + place) * inner;
      const [toLow, toHigh] = [(at * length + low) * inner, (at * length + high) * inner];
      for (let index = 0; index < inner; index++) {
        const value = dy[from + index]!;
        dx[toLow + index]! += (1 - share) * value;
        dx[toHigh + index]! += share * value;
      }
    }
  }
  return dx;
}
