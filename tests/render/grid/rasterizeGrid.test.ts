import { describe, expect, it } from 'vitest';
import type { Rgba } from '../../../src/common/parseColor';
import type { Colormap } from '../../../src/common/types';
import type { Grid } from '../../../src/render/grid/layoutGrid';
import { rasterizeGrid } from '../../../src/render/grid/rasterizeGrid';
import { tileOf } from './tileOf';

/** Index i is the colour (i, i, i), but index 255 is half transparent red. */
const rgba = Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : Math.floor(at / 4)));
rgba.set([255, 0, 0, 128], 255 * 4);
const colormap: Colormap = { name: 'grey', rgba };

const TRANSPARENT: Rgba = [0, 0, 0, 0];
const BLUE: Rgba = [0, 0, 255, 255];

/** Two tiles of 2 × 1 cells with a gap of one, and nothing where a third and fourth would stand. */
const grid: Grid = {
  width: 2,
  height: 4,
  tiles: [
    { x: 0, y: 0, tile: tileOf([[1, 2]]) },
    { x: 0, y: 2, tile: tileOf([[null, 255]]) },
  ],
};

/** Pixels as hexadecimal words, a row a line. */
function hex({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      Buffer.from(data).toString('hex', (y * width + x) * 4, (y * width + x + 1) * 4),
    ).join(' '),
  );
}

describe('rasterizeGrid', () => {
  it('paints a pixel a cell, the gaps in the background, missing values transparent', () => {
    expect(hex(rasterizeGrid(grid, colormap, 1, BLUE))).toEqual([
      '010101ff 020202ff',
      '0000ffff 0000ffff',
      '00000000 ff000080',
      '0000ffff 0000ffff',
    ]);
  });

  it('leaves the gaps empty for a transparent background', () => {
    expect(hex(rasterizeGrid(grid, colormap, 1, TRANSPARENT))).toEqual([
      '010101ff 020202ff',
      '00000000 00000000',
      '00000000 ff000080',
      '00000000 00000000',
    ]);
  });

  it('enlarges by whole pixels', () => {
    const { width, height, data } = rasterizeGrid(grid, colormap, 2, BLUE);
    expect([width, height]).toEqual([4, 8]);
    const rows = hex({ width, height, data });
    expect(rows.slice(0, 2)).toEqual(new Array(2).fill('010101ff 010101ff 020202ff 020202ff'));
    expect(rows.slice(2, 4)).toEqual(new Array(2).fill('0000ffff 0000ffff 0000ffff 0000ffff'));
    expect(rows.slice(4, 6)).toEqual(new Array(2).fill('00000000 00000000 ff000080 ff000080'));
  });

  it('paints tiles in colours of their own, and beside them others', () => {
    const colored = { ...tileOf([[9, null]]), rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const tiles = [
      { x: 0, y: 0, tile: colored },
      { x: 0, y: 1, tile: tileOf([[7, 8]]) },
    ];
    const mixed: Grid = { width: 2, height: 2, tiles };
    expect(hex(rasterizeGrid(mixed, colormap, 1, BLUE))).toEqual(['010203ff 00000000', '070707ff 080808ff']);
    const { missing: _, ...whole } = colored;
    const two: Grid = { width: 2, height: 1, tiles: [{ x: 0, y: 0, tile: whole }] };
    expect(hex(rasterizeGrid(two, colormap, 1, BLUE))).toEqual(['010203ff 040506ff']);
    expect(hex(rasterizeGrid(two, colormap, 2, BLUE))).toEqual(
      new Array(2).fill('010203ff 010203ff 040506ff 040506ff'),
    );
  });

  it('paints tiles side by side', () => {
    const beside: Grid = {
      width: 3,
      height: 2,
      tiles: [
        { x: 0, y: 0, tile: tileOf([[1], [2]]) },
        { x: 2, y: 0, tile: tileOf([[3], [4]]) },
      ],
    };
    expect(hex(rasterizeGrid(beside, colormap, 1, BLUE))).toEqual([
      '010101ff 0000ffff 030303ff',
      '020202ff 0000ffff 040404ff',
    ]);
  });

  it('takes a colour map that is a part of other memory', () => {
    const memory = new Uint8Array(1024 + 5);
    memory.set(rgba, 5);
    const expected = hex(rasterizeGrid(grid, colormap, 1, BLUE));
    expect(hex(rasterizeGrid(grid, { name: 'part', rgba: memory.subarray(5) }, 1, BLUE))).toEqual(expected);
    expect(
      hex(rasterizeGrid(grid, { name: 'buffer', rgba: Buffer.from(memory.buffer, 5) }, 1, BLUE)),
    ).toEqual(expected);
  });

  it('returns memory of its own', () => {
    const { data } = rasterizeGrid(grid, colormap, 1, BLUE);
    expect(data).toBeInstanceOf(Uint8ClampedArray);
    expect(data.byteLength).toBe(data.buffer.byteLength);
    data.fill(9);
    expect(colormap.rgba[4]).toBe(1);
  });
});
