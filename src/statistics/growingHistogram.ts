import type { Histogram } from './LayerStatistics';

/**
 * A histogram whose range grows with the values, in constant memory: bin `first + k` holds the values v with
 * floor(v / 2^exponent) = first + k. Doubling the width joins bins in pairs, so nothing is lost or moved, and the result
 * does not depend on the order of the values.
 */
export interface GrowingHistogram {
  /** `null` before the first finite value. */
  readonly exponent: number | null;
  readonly first: number;
  readonly counts: readonly number[];
}

export const EMPTY_HISTOGRAM: GrowingHistogram = { exponent: null, first: 0, counts: [] };

/** The narrowest bins there are: below the smallest float32 that is not 0, for values that are all alike. */
const SMALLEST_EXPONENT = -150;

/**
 * Adds values; those that are not finite are left out.
 *
 * @param bins How many bins there are at the most, at least 2.
 */
export function addToHistogram(
  histogram: GrowingHistogram,
  values: Float32Array,
  [minimum, maximum]: readonly [number, number],
  bins: number,
): GrowingHistogram {
  if (!(minimum <= maximum)) return histogram;
  const known = histogram.exponent !== null;
  const lowest = known ? Math.min(minimum, histogram.first * 2 ** histogram.exponent) : minimum;
  // The last bin's own last value is not known, its lower end is in it.
  const highest = known
    ? Math.max(maximum, (histogram.first + histogram.counts.length - 1) * 2 ** histogram.exponent)
    : maximum;
  let exponent = histogram.exponent ?? narrowest(lowest, highest, bins);
  while (countBins(lowest, highest, exponent) > bins) exponent++;
  const width = 2 ** exponent;
  const first = Math.floor(lowest / width);
  const counts = new Array<number>(Math.floor(highest / width) - first + 1).fill(0);
  if (known) {
    const joined = 2 ** (exponent - histogram.exponent);
    histogram.counts.forEach((count, bin) => {
      counts[Math.floor((histogram.first + bin) / joined) - first]! += count;
    });
  }
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.floor(value / width) - first]!++;
  }
  return { exponent, first, counts };
}

export function toHistogram({ exponent, first, counts }: GrowingHistogram): Histogram {
  const binWidth = 2 ** (exponent ?? 0);
  return { from: first * binWidth, binWidth, counts };
}

function narrowest(lowest: number, highest: number, bins: number): number {
  const range = highest - lowest;
  const size = Math.max(Math.abs(lowest), Math.abs(highest));
  // Narrower than a double can tell apart, bins would have no numbers.
  const exact = size > 0 ? Math.floor(Math.log2(size)) - 45 : SMALLEST_EXPONENT;
  return Math.max(SMALLEST_EXPONENT, exact, range > 0 ? Math.floor(Math.log2(range / bins)) - 1 : exact);
}

function countBins(lowest: number, highest: number, exponent: number): number {
  const width = 2 ** exponent;
  return Math.floor(highest / width) - Math.floor(lowest / width) + 1;
}
