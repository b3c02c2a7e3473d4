import type { ValueStatistics } from './LayerStatistics';

/** What is known of some values: plain numbers, which can be put together with those of others and written as JSON. */
export interface Moments {
  readonly count: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly mean: number;
  /** Sum of the squares of the distances to the mean. */
  readonly squares: number;
  /** `null` where no value is finite. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export const NO_MOMENTS: Moments = {
  count: 0,
  zeros: 0,
  nans: 0,
  infinities: 0,
  mean: 0,
  squares: 0,
  minimum: null,
  maximum: null,
};

/** Measures every `stride`-th value from `offset` on, in double precision: first the mean, then the distances to it. */
export function measureMoments(values: Float32Array, stride: number, offset: number): Moments {
  let [count, zeros, nans, infinities, sum] = [0, 0, 0, 0, 0];
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = offset; at < values.length; at += stride) {
    const value = values[at]!;
    count++;
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nans++;
      else infinities++;
      continue;
    }
    if (value === 0) zeros++;
    sum += value;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const finite = count - nans - infinities;
  if (finite === 0) return { ...NO_MOMENTS, count, nans, infinities };
  const mean = sum / finite;
  let squares = 0;
  for (let at = offset; at < values.length; at += stride) {
    const distance = values[at]! - mean;
    if (Number.isFinite(distance)) squares += distance * distance;
  }
  return { count, zeros, nans, infinities, mean, squares, minimum, maximum };
}

/**
 * Puts together what is known of two lots of values, without the values: Chan, Golub and LeVeque, "Updating formulae and a
 * pairwise algorithm for computing sample variances", 1979.
 */
export function joinMoments(one: Moments, other: Moments): Moments {
  const [finite, otherFinite] = [countFinite(one), countFinite(other)];
  const both = finite + otherFinite;
  const distance = other.mean - one.mean;
  const share = both === 0 ? 0 : otherFinite / both;
  return {
    count: one.count + other.count,
    zeros: one.zeros + other.zeros,
    nans: one.nans + other.nans,
    infinities: one.infinities + other.infinities,
    mean: finite === 0 ? other.mean : one.mean + distance * share,
    squares: one.squares + other.squares + (finite === 0 ? 0 : distance * distance * finite * share),
    minimum: pick(Math.min, one.minimum, other.minimum),
    maximum: pick(Math.max, one.maximum, other.maximum),
  };
}

export function toStatistics(moments: Moments): ValueStatistics {
  const { count, zeros, nans, infinities, mean, squares, minimum, maximum } = moments;
  const finite = countFinite(moments);
  return {
    minimum: minimum ?? Number.NaN,
    maximum: maximum ?? Number.NaN,
    mean: finite > 0 ? mean : Number.NaN,
    standardDeviation: Math.sqrt(squares / finite),
    count,
    zeros: zeros / count,
    nans: nans / count,
    infinities: infinities / count,
  };
}

function countFinite({ count, nans, infinities }: Moments): number {
  return count - nans - infinities;
}

function pick(choose: (...values: number[]) => number, one: number | null, other: number | null) {
  if (one === null || other === null) return one ?? other;
  return choose(one, other);
}
