/** The finite values of a map: `NaN` twice where there is none. */
export interface MapRange {
  readonly min: number;
  readonly max: number;
  /** Whether the map has neither NaN nor infinities. */
  readonly allFinite: boolean;
}

/** Measures interleaved maps: value `p · channels + c` of `values` is pixel p of map c. */
export function measureMaps(values: Float32Array, channels: number): MapRange[] {
  return Array.from({ length: channels }, (_, channel) => measureMap(values, channels, channel));
}

function measureMap(values: Float32Array, stride: number, channel: number): MapRange {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let nonFinite = 0; // v · 0 is 0 for every finite v and NaN for the rest, so the sum tells without a branch a value
  for (let at = channel; at < values.length; at += stride) {
    const value = values[at]!;
    nonFinite += value * 0;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (nonFinite === 0) return { min, max, allFinite: true };

  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  for (let at = channel; at < values.length; at += stride) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? { min: Number.NaN, max: Number.NaN, allFinite: false } : { min, max, allFinite: false };
}
