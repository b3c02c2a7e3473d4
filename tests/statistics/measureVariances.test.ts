import { describe, expect, it } from 'vitest';
import { measureVariances } from '../../src/statistics/measureVariances';

const { NaN: nan, NEGATIVE_INFINITY: infinity } = Number;

describe('measureVariances', () => {
  it('is the mean squared distance to the mean, map by map, of what is finite', () => {
    // Map 0: 1, 2, 3, 6, mean 3: (4 + 1 + 0 + 9) / 4. Map 1: constant. Map 2: 0 and 4. Map 3: nothing.
    const values = Float32Array.of(1, 5, 0, nan, 2, 5, nan, nan, 3, 5, infinity, nan, 6, 5, 4, nan);
    expect(measureVariances(values, 4)).toEqual([3.5, 0, 4, nan]);
  });

  it('tells large numbers apart that lie close together', () => {
    expect(measureVariances(Float32Array.of(16_777_212, 16_777_214), 1)).toEqual([1]);
  });
});
