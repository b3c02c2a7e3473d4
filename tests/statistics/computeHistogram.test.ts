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

  it('counts the float32 that stands for an end, on whichever side of it that lies', () => {
    expect(count([0, 0.05, 0.1], 2, 0, 0.1)).toEqual([1, 2]);
    expect(count([-0.1, 0.7], 2, -0.1, 0.7)).toEqual([1, 1]);
    expect(count([0.7, 1], 2, 0.7, 1)).toEqual([1, 1]);
  });

  // numpy.histogram([7, 7], 4) gives [0, 0, 2, 0].
  it('takes a half to each side of a range without width', () => {
    expect(count([7, 7], 4, 7, 7)).toEqual([0, 0, 2, 0]);
  });

  // numpy.histogram([3, 6.5, 7, 7.5], 4, (7, 7)) gives [1, 0, 1, 1].
  it('counts what lies in those halves', () => {
    expect(count([3, 6.5, 7, 7.5], 4, 7, 7)).toEqual([1, 0, 1, 1]);
    // Here a half vanishes, and numpy refuses; the value is still in the middle.
    expect(count([1e20, 1e20], 4, Math.fround(1e20), Math.fround(1e20))).toEqual([0, 0, 2, 0]);
  });

  // numpy.histogram(numpy.arange(49.0), 49, (0, 49)) gives 49 ones; 1 / 49 * 49 is below 1.
  it('lets the ends of the bins decide, not a division that rounds', () => {
    const numbers = Array.from({ length: 49 }, (_, index) => index);
    expect(count(numbers, 49, 0, 49)).toEqual(new Array(49).fill(1));
    // numpy.histogram([-2.0 ** -149], 2, (-0.5, 0.5)) gives [1, 0], though the value plus 0.5 is 0.5.
    expect(count([-(2 ** -149)], 2, -0.5, 0.5)).toEqual([1, 0]);
  });

  // numpy.histogram([-2, -1, 0, 1], 3, (-1.5, 0.5)) gives [1, 0, 1].
  it('counts from the lower end of a range that starts below 0', () => {
    expect(count([-2, -1, 0, 1], 3, -1.5, 0.5)).toEqual([1, 0, 1]);
  });

  it('refuses what cannot be counted', () => {
    expect(() => count([1], 0, 0, 1)).toThrow(
      new RangeError('bins: expected a whole number of at least 1, got 0'),
    );
    expect(() => count([1], 2, 1, 0)).toThrow(new RangeError('max: expected at least 1, got 0'));
  });

  it('counts nothing where there is no range', () => {
    expect(count([Number.NaN], 2, Number.NaN, Number.NaN)).toEqual([0, 0]);
  });
});
