import { describe, expect, it } from 'vitest';
import { rasterizeStrokes } from '../../src/data/rasterizeStrokes';

describe('rasterizeStrokes', () => {
  it('draws a line along the middle of pixels', () => {
    const points = [
      [1.5, 2.5],
      [3.5, 2.5],
    ] as const;
    // Each end reaches half a width, in which ink falls by 1 over a pixel, around the line.
    expect([...rasterizeStrokes([{ points, widths: [1, 1] }], 5, 1)]).toEqual(
      [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 255, 255, 255, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ].flat(),
    );
    // Half a pixel of 1 to each side: at a pixel's distance 0.5 + (0.75 - 1) / 1 = a quarter.
    const wide = rasterizeStrokes([{ points, widths: [1.5, 1.5] }], 5, 1);
    expect([...wide.subarray(5, 10)]).toEqual([0, 64, 64, 64, 0]);
    expect([...wide.subarray(10, 15)]).toEqual([64, 255, 255, 255, 64]);
  });

  it('takes the mean width of both ends, and softens', () => {
    const points = [
      [0, 2.5],
      [5, 2.5],
    ] as const;
    const data = rasterizeStrokes([{ points, widths: [1, 3] }], 5, 2);
    // Radius 1: 0.5 + (1 - distance) / 2, for the distances 0, 1 and 2.
    expect([data[2], data[7], data[12], data[17], data[22]]).toEqual([0, 128, 255, 128, 0]);
  });

  it('draws what is in the picture of a line that leaves it', () => {
    const points = [
      [-10, 0.5],
      [10, 0.5],
    ] as const;
    expect([...rasterizeStrokes([{ points, widths: [1, 1] }], 2, 1)]).toEqual([255, 255, 0, 0]);
  });

  it('draws nothing for nothing, and a dot for a line without length', () => {
    expect([...rasterizeStrokes([], 2, 1)]).toEqual([0, 0, 0, 0]);
    const points = [
      [1.5, 1.5],
      [1.5, 1.5],
    ] as const;
    expect([...rasterizeStrokes([{ points, widths: [1, 1] }], 3, 1)]).toEqual([0, 0, 0, 0, 255, 0, 0, 0, 0]);
  });
});
