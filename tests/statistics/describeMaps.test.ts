import { describe, expect, it } from 'vitest';
import { describeMaps } from '../../src/statistics/describeMaps';
import type { Activation } from '../../src/types';

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
    const activation = activationOf([2, 1, 2, 1], [1, 2, 30, 50]);
    expect(describeMaps(activation, 1)[0]).toMatchObject({ min: 30, max: 50, mean: 40 });
  });

  it('sums in double precision', () => {
    const data = new Array<number>(100_000).fill(0.1);
    // In single precision the sum would be 9998.556 or so.
    expect(describeMaps(activationOf([1, 1000, 100, 1], data))[0]!.mean).toBeCloseTo(Math.fround(0.1), 12);
  });
});
