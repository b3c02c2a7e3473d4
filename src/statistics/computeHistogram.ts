import { requireWholeNumber } from '../common/errors';

/**
 * Counts values in bins of equal width from `min` to `max`, as `numpy.histogram` does in double precision: each bin has
 * its lower end, the last one both; values outside, and those that are not finite, are not counted; a
 * value that is the float32 nearest to an end is inside. Where `min` is
 * `max`, the range is from `min - 0.5` to `max + 0.5`. Where they are NaN, nothing is counted.
 *
 * @returns `bins` counts.
 * @throws RangeError if `bins` is no whole number of at least 1, or `min` is above `max`.
 */
export function computeHistogram(values: Float32Array, bins: number, min: number, max: number): number[] {
  requireWholeNumber('bins', bins, 1);
  if (min > max) throw new RangeError(`max: expected at least ${min}, got ${max}`);
  // More than numpy's half where that would vanish beside a large number.
  const margin = min === max ? Math.max(0.5, Math.abs(min) * 2 ** -30) : 0;
  const from = min - margin;
  const to = max + margin;
  const step = (to - from) / bins;
  // The values are float32: the one that stands for an end such as 0.1 may lie on either side of it.
  const [least, most] = [Math.fround(from), Math.fround(to)];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (!(value >= least && value <= most)) continue;
    // Division rounds; the ends of the bins decide.
    let bin = Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins));
    if (value < from + bin * step) bin--;
    else if (bin < bins - 1 && value >= from + (bin + 1) * step) bin++;
    counts[Math.max(0, bin)]!++;
  }
  return counts;
}
