import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs, KernelCall, OriginalKernel } from '../../backend/wasmBackend';
import { outputOf, readFloats } from '../plainValues';

interface Attributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

type ResizeCall = KernelCall<Inputs<'dy' | 'images'>, Attributes>;

/** Which two places of the image a place of the resized one is made of along an axis, and the share of the second. */
type Tap = readonly [low: number, high: number, share: number];

/**
 * Says of which places a place is made.
 *
 * The numbers are rounded to float32 where the backend's forward kernel does so, that both choose the same pixels.
 *
 * @param lengths Number of places along the axis, of the image and of the resized one.
 */
type TapOf = (place: number, lengths: readonly [image: number, resized: number]) => Tap;

/**
 * Gradient of bilinear resizing: `dy` and `images` in, the shape of `images` out. tfjs's own takes corners for centres
 * whatever it is told; the resizing that it is right for is left to it.
 */
export function resizeBilinearGrad(original: OriginalKernel) {
  return (call: ResizeCall): TensorInfo =>
    call.attrs.halfPixelCenters ? spreadGradient(call, tapAtCentre) : original(call);
}

/**
 * The same for resizing to the nearest pixel. There tfjs's own knows no half-pixel centres either, and with corners at
 * corners it takes a place half way between two for the other one.
 */
export function resizeNearestGrad(original: OriginalKernel) {
  return (call: ResizeCall): TensorInfo => {
    const { alignCorners, halfPixelCenters } = call.attrs;
    if (!alignCorners && !halfPixelCenters) return original(call);
    return spreadGradient(call, alignCorners ? nearestToCorners : nearestToCentre);
  };
}

const tapAtCentre: TapOf = (place, [length, resized]) => {
  const source = Math.fround(Math.fround((place + 0.5) * Math.fround(length / resized)) - 0.5);
  const low = Math.max(0, Math.floor(source));
  return [low, Math.min(length - 1, low + 1), Math.max(0, source - low)];
};

const nearestToCentre: TapOf = (place, [length, resized]) => {
  const source = Math.fround((place + 0.5) * Math.fround(length / resized));
  const nearest = Math.min(length - 1, Math.floor(source));
  return [nearest, nearest, 0];
};

const nearestToCorners: TapOf = (place, [length, resized]) => {
  const ratio = Math.fround(resized > 1 ? (length - 1) / (resized - 1) : length / resized);
  const nearest = Math.min(length - 1, Math.round(Math.fround(place * ratio)));
  return [nearest, nearest, 0];
};

/** Takes what comes in back to the image, an axis at a time: resizing is linear, and so is each axis of it. */
function spreadGradient({ backend, inputs }: ResizeCall, tapOf: TapOf): TensorInfo {
  const { dy, images } = inputs;
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
  const taps = (length: number, resized: number) =>
    Array.from({ length: resized }, (_, place) => tapOf(place, [length, resized]));
  const high = readFloats(backend, dy);
  const low = spreadAxis(high, batch, taps(height, outHeight), height, outWidth * channels);
  const dx = spreadAxis(low, batch * height, taps(width, outWidth), width, channels);
  return outputOf(backend, images.shape, dx);
}

/** Gives the gradient of each resized row to the rows that it is made of. */
function spreadAxis(
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
