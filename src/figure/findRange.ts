import type { Range, RangeOptions } from './scaling';
import { chooseValueScale } from './valueScales';

/**
 * Finds the range of some values. Those that are not finite do not count, nor those that the scale does not cover.
 *
 * A percentile is that of `numpy.percentile` in double precision: between two values, linearly.
 *
 * @returns NaN twice if no value counts.
 */
export function findRange(values: Float32Array, options: RangeOptions, stride = 1, offset = 0): Range {
  const { percentiles, center } = options;
  const valueScale = chooseValueScale(options);
  const counts = (value: number) => Number.isFinite(value) && valueScale?.covers(value) !== false;
  let [lowest, highest] = [Number.NaN, Number.NaN];
  if (percentiles) {
    const kept: number[] = [];
    for (let at = offset; at < values.length; at += stride) if (counts(values[at]!)) kept.push(values[at]!);
    const sorted = Float64Array.from(kept).sort();
    [lowest, highest] = [percentileOf(sorted, percentiles[0]), percentileOf(sorted, percentiles[1])];
  } else {
    for (let at = offset; at < values.length; at += stride) {
      const value = values[at]!;
      if (!counts(value)) continue;
      if (!(value >= lowest)) lowest = value;
      if (!(value <= highest)) highest = value;
    }
  }
  if (center === undefined || Number.isNaN(lowest)) return [lowest, highest];
  const reach = Math.max(Math.abs(highest - center), Math.abs(center - lowest));
  return [center - reach, center + reach];
}

/** @param sorted In ascending order. */
function percentileOf(sorted: Float64Array, percentile: number): number {
  const position = ((sorted.length - 1) * percentile) / 100;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
