import { describe, expect, it } from 'vitest';
import { combineValues } from '../../src/figure/combineValues';
import { randomSource } from '../training/random';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('combineValues', () => {
  it('takes the mean, the maximum or the sum of each pixel', () => {
    // Three pixels of two maps: 1, -2, 5 and 3, -4, 0.
    const values = Float32Array.of(1, 3, -2, -4, 5, 0);
    expect([...combineValues(values, 2, [0, 1], 'mean')]).toEqual([2, -3, 2.5]);
    expect([...combineValues(values, 2, [0, 1], 'maximum')]).toEqual([3, -2, 5]);
    expect([...combineValues(values, 2, [0, 1], 'sum')]).toEqual([4, -6, 5]);
    expect([...combineValues(values, 2, [1], 'sum')]).toEqual([3, -4, 0]);
  });

  it('leaves out what is not finite, and is NaN where nothing is left', () => {
    const values = Float32Array.of(nan, 4, infinity, -1, nan, -infinity);
    expect([...combineValues(values, 2, [0, 1], 'mean')]).toEqual([4, -1, nan]);
    expect([...combineValues(values, 2, [0, 1], 'maximum')]).toEqual([4, -1, nan]);
    expect([...combineValues(values, 2, [0, 1], 'sum')]).toEqual([4, -1, nan]);
  });

  it('sums in double precision', () => {
    // In single precision 2²⁴ + 1 is 2²⁴.
    const values = Float32Array.of(2 ** 24, 1, 1, -(2 ** 24));
    expect([...combineValues(values, 4, [0, 1, 2, 3], 'sum')]).toEqual([2]);
    expect([...combineValues(values, 4, [0, 1, 2, 3], 'mean')]).toEqual([0.5]);
  });

  it.each(Array.from({ length: 30 }, (_, seed) => seed))('agrees with a plain loop: %i', (seed) => {
    const { whole, pick, floats } = randomSource(seed);
    const [pixels, count] = [whole(1, 40), whole(1, 12)];
    const values = floats(pixels * count).map((value) => (whole(0, 9) === 0 ? pick([nan, infinity]) : value));
    const channels = [...Array(count).keys()].filter((channel) => channel === 0 || whole(0, 2) > 0);
    const expected = { mean: [] as number[], maximum: [] as number[], sum: [] as number[] };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const finite = channels.map((channel) => values[pixel * count + channel]!).filter(Number.isFinite);
      const sum = finite.reduce((part, value) => part + value, 0);
      expected.sum.push(Math.fround(finite.length > 0 ? sum : nan));
      expected.mean.push(Math.fround(sum / finite.length));
      expected.maximum.push(finite.length > 0 ? Math.max(...finite) : nan);
    }
    for (const how of ['mean', 'maximum', 'sum'] as const)
      expect([...combineValues(values, count, channels, how)]).toEqual(expected[how]);
  });
});
