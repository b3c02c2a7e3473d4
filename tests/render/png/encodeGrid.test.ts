import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Rgba } from '../../../src/common/parseColor';
import type { Colormap } from '../../../src/common/types';
import type { Grid } from '../../../src/render/grid/layoutGrid';
import { encodeGrid } from '../../../src/render/png/encodeGrid';
import { tileOf } from '../grid/tileOf';
import { chunkOf } from './readPng';

/** Index i is the colour (i, 100, 200). */
const colormap: Colormap = {
  name: 'ramp',
  rgba: Uint8Array.from({ length: 1024 }, (_, at) => [at >> 2, 100, 200, 255][at % 4]!),
};

const WHITE: Rgba = [255, 255, 255, 255];

/** Two tiles of 2 × 1 cells, one above the other, with a gap of one. */
const grid: Grid = {
  width: 2,
  height: 3,
  tiles: [
    { x: 0, y: 0, tile: tileOf([[9, 7]]) },
    { x: 0, y: 2, tile: tileOf([[7, null]]) },
  ],
};

/** Every index once, which leaves no room in the palette, beside a gap. */
const everything: Grid = {
  width: 257,
  height: 1,
  tiles: [{ x: 0, y: 0, tile: tileOf([Array.from({ length: 256 }, (_, index) => index)]) }],
};

describe('encodeGrid', () => {
  it('has a palette of the colours that occur: the gap, then as they come', () => {
    const { width, height, data, palette } = decode(encodeGrid(grid, colormap, 1, WHITE, 6), {
      checkCrc: true,
    });
    expect([width, height]).toEqual([2, 3]);
    expect(palette).toEqual([
      [255, 255, 255, 255],
      [9, 100, 200, 255],
      [7, 100, 200, 255],
      [0, 0, 0, 0],
    ]);
    expect([...data]).toEqual([1, 2, 0, 0, 2, 3]);
  });

  it('takes gaps and missing values that are both transparent for one colour', () => {
    const { data, palette } = decode(encodeGrid(grid, colormap, 1, [0, 0, 0, 0], 6));
    expect(palette!.length).toBe(3);
    expect([...data]).toEqual([1, 2, 0, 0, 2, 0]);
  });

  it('has no colour for gaps where there are none', () => {
    const full: Grid = { width: 2, height: 1, tiles: [{ x: 0, y: 0, tile: tileOf([[5, 5]]) }] };
    const { data, palette } = decode(encodeGrid(full, colormap, 1, WHITE, 6));
    expect(palette).toEqual([[5, 100, 200]]);
    expect([...data]).toEqual([0, 0]);
  });

  it('enlarges by whole pixels', () => {
    const { width, height, data } = decode(encodeGrid(grid, colormap, 2, WHITE, 1));
    expect([width, height]).toEqual([4, 6]);
    expect([...data.subarray(0, 12)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 0, 0, 0, 0]);
  });

  it.each([
    ['RGB', WHITE, 2, 3],
    ['RGBA', [0, 0, 0, 0] as const, 6, 4],
  ])('falls back to %s beyond 256 colours', (_, background, colorType, channels) => {
    const file = encodeGrid(everything, colormap, 1, background, 6);
    expect(chunkOf(file, 'IHDR')![9]).toBe(colorType);
    const { data } = decode(file, { checkCrc: true });
    for (const index of [0, 1, 255]) {
      expect([...data.subarray(index * channels, index * channels + 3)]).toEqual([index, 100, 200]);
    }
    expect([...data.subarray(256 * channels)]).toEqual(background.slice(0, channels));
  });
});
