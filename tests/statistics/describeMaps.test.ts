import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/common/types';
import { describeMaps } from '../../src/statistics/describeMaps';

function activationOf(shape: number[], data: number[]): Activation {
  return { layerName: 'conv1', className: 'Conv2D', shape, data: Float32Array.from(data) };
}

describe('describeMaps', () => {
  it('describes each of several interleaved maps', () => {
    // Map 0: 1, 0, -3, 4; map 1: 0, 0, -0, 0.
    expect(describeMaps(activationOf([1, 2, 2, 2], [1, 0, 0, 0, -3, -0, 4, 0]))).toEqual([
      { channel: 0, min: -3, max: 4, mean: 0.5, zeros: 0.25, nonFinite: 0, dead: false },
      { channel: 1, min: 0, max: 0, mean: 0, zeros: 1, nonFinite: 0, dead: true },
    ]);
  });

  it('leaves NaN and the infinities out, and counts them', () => {
    const values = [Number.NaN, 2, Number.POSITIVE_INFINITY, 0];
    expect(describeMaps(activationOf([1, 4, 1, 1], values))).toEqual([
      { channel: 0, min: 0, max: 2, mean: 1, zeros: 0.25, nonFinite: 0.5, dead: false },
    ]);
    const { min, max, mean, nonFinite, dead } = describeMaps(activationOf([1, 1, 1, 1], [Number.NaN]))[0]!;
    expect([min, max, mean, nonFinite, dead]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1, false]);
  });

  it('describes the image asked for', () => {
    // Two maps each: 1, 2 and 0, 0; then 30, 0 and 50, 70.
    const activation = activationOf([2, 1, 2, 2], [1, 0, 2, 0, 30, 50, 0, 70]);
    expect(describeMaps(activation, 1)).toMatchObject([
      { min: 0, max: 30, mean: 15, zeros: 0.5, dead: false },
      { min: 50, max: 70, mean: 60, zeros: 0, dead: false },
    ]);
    // The first one's as well, where the values are part of a larger memory.
    const { data } = activation;
    const part = { ...activation, shape: [1, 1, 2, 2], data: data.subarray(4) };
    expect(describeMaps(part)).toEqual(describeMaps(activation, 1));
  });

  it('keeps the other maps as they are where one is not finite', () => {
    const nan = Number.NaN;
    // Map 0: -1, NaN, 0, 5, NaN, 2; map 1: NaN throughout; map 2: ∞, -∞, 4, 4, 4, 4; map 3: 1 to 6.
    const rows = [
      [-1, nan, Number.POSITIVE_INFINITY, 1],
      [nan, nan, Number.NEGATIVE_INFINITY, 2],
      [0, nan, 4, 3],
      [5, nan, 4, 4],
      [nan, nan, 4, 5],
      [2, nan, 4, 6],
    ];
    expect(describeMaps(activationOf([1, 3, 2, 4], rows.flat()))).toEqual([
      { channel: 0, min: -1, max: 5, mean: 1.5, zeros: 1 / 6, nonFinite: 1 / 3, dead: false },
      { channel: 1, min: nan, max: nan, mean: nan, zeros: 0, nonFinite: 1, dead: false },
      { channel: 2, min: 4, max: 4, mean: 4, zeros: 0, nonFinite: 1 / 3, dead: false },
      { channel: 3, min: 1, max: 6, mean: 3.5, zeros: 0, nonFinite: 0, dead: false },
    ]);
  });

  // The values are read in blocks; whole numbers keep every sum exact.
  it.each([1, 3, 64, 5000])('finds in %i large maps what was put there', (channels) => {
    const pixels = 12_345 > channels * 100 ? 12_345 : 7;
    const data = new Float32Array(pixels * channels).fill(2);
    const last = channels - 1;
    data[last] = 0;
    data[(pixels - 1) * channels + last] = -7;
    data[(pixels - 2) * channels + last] = 11;
    const maps = describeMaps({ layerName: '', className: '', shape: [1, pixels, 1, channels], data });
    expect(maps).toHaveLength(channels);
    expect(maps[last]).toEqual({
      channel: last,
      min: -7,
      max: 11,
      mean: (2 * (pixels - 3) + 4) / pixels,
      zeros: 1 / pixels,
      nonFinite: 0,
      dead: false,
    });
    if (channels > 1) expect(maps[0]).toMatchObject({ channel: 0, min: 2, max: 2, mean: 2, zeros: 0 });
  });

  it('tells the smallest number there is from 0', () => {
    const { zeros, dead } = describeMaps(activationOf([1, 2, 1, 1], [2 ** -149, -(2 ** -149)]))[0]!;
    expect([zeros, dead]).toEqual([0, false]);
  });

  it('refuses a shape without maps, and an image that there is not', () => {
    const expected = 'activation: expected [batch, height, width, channels] with an image';
    expect(() => describeMaps(activationOf([1, 10], new Array(10).fill(1)))).toThrow(
      new RangeError(`${expected} 0, got [1, 10]`),
    );
    for (const image of [1, -1, Number.NaN]) {
      expect(() => describeMaps(activationOf([1, 1, 1, 1], [1]), image)).toThrow(
        new RangeError(`${expected} ${image}, got [1, 1, 1, 1]`),
      );
    }
  });

  it('sums in double precision', () => {
    const data = new Array<number>(100_000).fill(0.1);
    // In single precision the sum would be 9998.556 or so.
    expect(describeMaps(activationOf([1, 1000, 100, 1], data))[0]!.mean).toBeCloseTo(Math.fround(0.1), 12);
  });
});
