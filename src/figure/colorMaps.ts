import type { Tile } from '../types';

type ColoredMap = Pick<Tile, 'min' | 'max' | 'indices' | 'missing'>;

/**
 * Scales and colours interleaved maps: value `p · channels + c` of `values` is pixel p of map c.
 *
 * @param values `pixels × channels` numbers.
 * @returns A map a channel, its indices in the order of the pixels.
 */
export function colorMaps(values: Float32Array, pixels: number, channels: number): ColoredMap[] {
  const maps: ColoredMap[] = [];
  for (let channel = 0; channel < channels; channel++) maps.push(colorMap(values, pixels, channels, channel));
  return maps;
}

function colorMap(values: Float32Array, pixels: number, channels: number, channel: number): ColoredMap {
  const end = pixels * channels;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let nonFinite = 0; // v · 0 is 0 for every finite v and NaN for the rest, so the sum tells without a branch a value
  for (let at = channel; at < end; at += channels) {
    const value = values[at]!;
    nonFinite += value * 0;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (nonFinite !== 0) return colorWithMissing(values, pixels, channels, channel);

  const indices = new Uint8Array(pixels);
  const range = max - min;
  if (range > 0) {
    for (let at = channel, pixel = 0; pixel < pixels; at += channels, pixel++) {
      const index = ((values[at]! - min) / range) * 256;
      indices[pixel] = index < 255 ? index : 255;
    }
  }
  return { min, max, indices };
}

/** The same for a map with NaN or infinities in it, which are left out of the range and marked. */
function colorWithMissing(
  values: Float32Array,
  pixels: number,
  channels: number,
  channel: number,
): ColoredMap {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = values[pixel * channels + channel]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) {
    return {
      min: Number.NaN,
      max: Number.NaN,
      indices: new Uint8Array(pixels),
      missing: new Uint8Array(pixels).fill(1),
    };
  }

  const indices = new Uint8Array(pixels);
  const missing = new Uint8Array(pixels);
  const range = max - min;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = values[pixel * channels + channel]!;
    if (!Number.isFinite(value)) missing[pixel] = 1;
    else if (range > 0) indices[pixel] = Math.min(255, ((value - min) / range) * 256);
  }
  return { min, max, indices, missing };
}
