/**
 * Counts values in bins of equal width from `min` to `max`, as `numpy.histogram` does: each bin has its lower end, the
 * last one both; values outside, and those that are not finite, are not counted. Where `min` is `max`, the range is
 * from `min - 0.5` to `max + 0.5`.
 *
 * @returns `bins` counts.
 */
export function computeHistogram(values: Float32Array, bins: number, min: number, max: number): number[] {
  const [from, to] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (value >= from && value <= to) {
      counts[Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins))]!++;
    }
  }
  return counts;
}
