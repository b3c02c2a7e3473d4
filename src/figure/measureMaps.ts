import { pixelsInBlock } from './blocks';

/** The finite values of a map: `NaN` twice where there is none. */
export interface MapRange {
  readonly min: number;
  readonly max: number;
  /** Whether the map has neither NaN nor infinities. */
  readonly allFinite: boolean;
}

/**
 * Measures interleaved maps: value `p · channels + c` of `values` is pixel p of map c.
 *
 * Four maps at a time: their values lie side by side, and none has to wait for another's comparison. Where fewer are left,
 * the last one is measured again.
 */
export function measureMaps(values: Float32Array, channels: number): MapRange[] {
  const minima = new Float32Array(channels).fill(Number.POSITIVE_INFINITY);
  const maxima = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  const nans = new Uint8Array(channels);
  const last = channels - 1;
  const block = pixelsInBlock(channels) * channels;
  for (let from = 0; from < values.length; from += block) {
    const to = Math.min(values.length, from + block);
    for (let a = 0; a < channels; a += 4) {
      const [b, c, d] = [Math.min(a + 1, last), Math.min(a + 2, last), Math.min(a + 3, last)];
      let [minA, minB, minC, minD] = [minima[a]!, minima[b]!, minima[c]!, minima[d]!];
      let [maxA, maxB, maxC, maxD] = [maxima[a]!, maxima[b]!, maxima[c]!, maxima[d]!];
      for (let pixel = from; pixel < to; pixel += channels) {
        const valueA = values[pixel + a]!;
        const valueB = values[pixel + b]!;
        const valueC = values[pixel + c]!;
        const valueD = values[pixel + d]!;
        // What is not at least the minimum is less, or no number.
        if (!(valueA >= minA)) {
          if (valueA < minA) minA = valueA;
          else nans[a] = 1;
        }
        if (!(valueB >= minB)) {
          if (valueB < minB) minB = valueB;
          else nans[b] = 1;
        }
        if (!(valueC >= minC)) {
          if (valueC < minC) minC = valueC;
          else nans[c] = 1;
        }
        if (!(valueD >= minD)) {
          if (valueD < minD) minD = valueD;
          else nans[d] = 1;
        }
        if (valueA > maxA) maxA = valueA;
        if (valueB > maxB) maxB = valueB;
        if (valueC > maxC) maxC = valueC;
        if (valueD > maxD) maxD = valueD;
      }
      // The last one first: it may stand for those that are not there.
      [minima[d], minima[c], minima[b], minima[a]] = [minD, minC, minB, minA];
      [maxima[d], maxima[c], maxima[b], maxima[a]] = [maxD, maxC, maxB, maxA];
    }
  }
  return Array.from(minima, (min, channel): MapRange => {
    const max = maxima[channel]!;
    const allFinite = nans[channel] === 0 && Number.isFinite(min) && Number.isFinite(max);
    return allFinite ? { min, max, allFinite } : measureFinite(values, channels, channel);
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
