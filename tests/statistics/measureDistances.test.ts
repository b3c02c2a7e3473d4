import { describe, expect, it } from 'vitest';
import { measureDistances } from '../../src/statistics/measureDistances';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('measureDistances', () => {
  it('takes the root of the sum of squares, map by map', () => {
    // Map 0: 0, 3, 4 and 0, 0, 0. Map 1: equal. Map 2: 1, 1, 1 and 0, 1, -1.
    const values = Float32Array.of(0, 7, 1, 3, 8, 1, 4, 9, 1);
    const other = Float32Array.of(0, 7, 0, 0, 8, 1, 0, 9, -1);
    expect(measureDistances(values, other, 3)).toEqual([5, 0, Math.sqrt(5)]);
  });

  it('leaves out what has no difference', () => {
    const values = Float32Array.of(nan, infinity, 2, infinity);
    const other = Float32Array.of(1, infinity, nan, infinity);
    expect(measureDistances(values, other, 1)).toEqual([0]);
    expect(measureDistances(Float32Array.of(infinity, 1), Float32Array.of(1, 1), 2)).toEqual([infinity, 0]);
  });
});
