import type { Tile } from '../types';
import type { MapRange } from './measureMaps';

/**
 * Gives each value of one of several interleaved maps its palette index: value `p · stride + channel` of `values` is
 * pixel p of the map.
 *
 * @param range What {@link measureMaps} found: whether something in the map is not finite.
 * @param lowest The value of index 0; what lies below gets it too.
 * @param highest The value of index 255; what lies above gets it too. Where it is `lowest`, all get index 0.
 */
export function colorMap(
  values: Float32Array,
  stride: number,
  channel: number,
  { allFinite }: MapRange,
  lowest: number,
  highest: number,
): Pick<Tile, 'indices' | 'missing'> {
  const pixels = values.length / stride;
  const indices = new Uint8Array(pixels);
  const range = highest - lowest;
  if (allFinite) {
    if (range > 0) {
      for (let at = channel, pixel = 0; pixel < pixels; at += stride, pixel++) {
        const index = ((values[at]! - lowest) / range) * 256;
        indices[pixel] = index < 255 ? (index > 0 ? index : 0) : 255;
      }
    }
    return { indices };
  }
  const missing = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = values[pixel * stride + channel]!;
    if (!Number.isFinite(value)) missing[pixel] = 1;
    else if (range > 0) indices[pixel] = Math.min(255, Math.max(0, ((value - lowest) / range) * 256));
  }
  return { indices, missing };
}
