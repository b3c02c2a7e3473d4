import { describe, expect, it } from 'vitest';
import { computeHistogram } from '../../src/statistics/computeHistogram';

const count = (values: number[], bins: number, min: number, max: number) =>
  computeHistogram(Float32Array.from(values), bins, min, max);

describe('computeHistogram', () => {
  // numpy.histogram([0, 1, 2, 3, 4], 4) gives [1, 1, 1, 2].
  it('counts the last bin with both of its ends', () => {
    expect(count([0, 1, 2, 3, 4], 4, 0, 4)).toEqual([1, 1, 1, 2]);
  });

  it('leaves out what is not finite and what lies outside', () => {
    expect(count([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.2, 5], 2, 0, 1)).toEqual([1, 0]);
  });

  // numpy.histogram([7, 7], 4) gives [0, 0, 2, 0].
  it('takes a half to each side of a range without width', () => {
    expect(count([7, 7], 4, 7, 7)).toEqual([0, 0, 2, 0]);
  });

  it('counts nothing where there is no range', () => {
    expect(count([Number.NaN], 2, Number.NaN, Number.NaN)).toEqual([0, 0]);
  });
});
