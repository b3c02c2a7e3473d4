import { describe, expect, it } from 'vitest';
import { findPixel, layoutTiles } from '../../src/explorer/layoutTiles';

describe('layoutTiles', () => {
  it('gives each value a whole number of device pixels', () => {
    // (700 - 7 · 4) / 8 = 84 pixels for a map of 26 values: 3 pixels a value.
    expect(layoutTiles(700, 8, 26, 26, 1, 144)).toEqual({
      columns: 8,
      tileWidth: 78,
      tileHeight: 78,
      gap: 4,
      shrunk: false,
    });
    // On a screen of two device pixels a pixel: floor(170 / 26) = 6, halved; floor(183 / 26) = 7, halved.
    expect(layoutTiles(708, 8, 26, 13, 2, 144)).toMatchObject({ tileWidth: 78, tileHeight: 39 });
    expect(layoutTiles(760, 8, 26, 26, 2, 144).tileWidth).toBe(91);
  });

  it('shrinks maps that are wider than their share', () => {
    expect(layoutTiles(828, 8, 224, 112, 1, 144)).toEqual({
      columns: 8,
      tileWidth: 100,
      tileHeight: 50,
      gap: 4,
      shrunk: true,
    });
  });

  it('puts half as many in a row where they would be too small', () => {
    // (358 - 14) / 8 = 43 pixels: one a value, 26. By fours: 88 pixels, three a value.
    expect(layoutTiles(358, 8, 26, 26, 1, 144)).toMatchObject({ columns: 4, tileWidth: 78, gap: 2 });
    // On a screen of two device pixels a pixel: floor(86 / 26) = 3, halved.
    expect(layoutTiles(358, 8, 26, 26, 2, 144)).toMatchObject({ columns: 8, tileWidth: 39 });
  });
});

describe('findPixel', () => {
  const layout = { columns: 2, tileWidth: 10, tileHeight: 20, gap: 4, shrunk: false };
  const find = (x: number, y: number) => findPixel(layout, 3, 5, 10, x, y);

  it('finds the value at a point', () => {
    expect(find(0, 0)).toEqual({ index: 0, row: 0, column: 0 });
    expect(find(9.9, 19.9)).toEqual({ index: 0, row: 9, column: 4 });
    expect(find(14, 2)).toEqual({ index: 1, row: 1, column: 0 });
    expect(find(3, 24)).toEqual({ index: 2, row: 0, column: 1 });
  });

  it('finds none in a gap, beyond the last map, or outside', () => {
    for (const [x, y] of [
      [11, 5],
      [5, 21],
      [16, 26],
      [30, 5],
      [-1, 5],
      [5, -1],
    ] as const) {
      expect(find(x, y)).toBeUndefined();
    }
  });
});
