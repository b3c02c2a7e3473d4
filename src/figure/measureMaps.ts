import { pixelsInBlock } from './blocks';

/** The finite values of a map: `NaN` twice where there is none. */
export interface MapRange {
  readonly min: number;
  readonly max: number;
  /** Whether the map has neither NaN nor infinities. */
  readonly allFinite: boolean;
}

/** Measures interleaved maps: value `p · channels + c` of `values` is pixel p of map c. */
export function measureMaps(values: Float32Array, channels: number): MapRange[] {
  const minima = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const maxima = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  // v · 0 is 0 for every finite v and NaN for the rest, so the sum tells without a branch a value.
  const zeros = new Float64Array(channels);
  const block = pixelsInBlock(channels) * channels;
  for (let from = 0; from < values.length; from += block) {
    const to = Math.min(values.length, from + block);
    for (let channel = 0; channel < channels; channel++) {
      let [min, max, zero] = [minima[channel]!, maxima[channel]!, zeros[channel]!];
      for (let at = from + channel; at < to; at += channels) {
        const value = values[at]!;
        zero += value * 0;
        if (value < min) min = value;
        if (value > max) max = value;
      }
      minima[channel] = min;
      maxima[channel] = max;
      zeros[channel] = zero;
    }
  }
  return Array.from(zeros, (zero, channel): MapRange => {
    if (zero === 0) return { min: minima[channel]!, max: maxima[channel]!, allFinite: true };
    return measureFinite(values, channels, channel);
  });
}

function measureFinite(values: Float32Array, stride: number, channel: number): MapRange {
  let [min, max] = [Number.NaN, Number.NaN];
  for (let at = channel; at < values.length; at += stride) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
  }
  return { min, max, allFinite: false };
}
