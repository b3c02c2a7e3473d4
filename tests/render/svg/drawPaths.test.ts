import { describe, expect, it } from 'vitest';
import type { Colormap, Tile } from '../../../src/common/types';
import type { Grid } from '../../../src/render/grid/layoutGrid';
import { drawPaths } from '../../../src/render/svg/drawPaths';
import { tileOf } from '../grid/tileOf';

/** Index i is the colour (i, i, i), but index 255 is half transparent red. */
const rgba = Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : Math.floor(at / 4)));
rgba.set([255, 0, 0, 51], 255 * 4);
const colormap: Colormap = { name: 'grey', rgba };

/** The paths of one tile, without the group around them. */
function pathsOf(tile: Tile, pixelSize = 1, x = 0, y = 0): string[] {
  const grid: Grid = { width: 99, height: 99, tiles: [{ x, y, tile }] };
  const lines = drawPaths(grid, colormap, pixelSize);
  expect(lines[0]).toBe('<g shape-rendering="crispEdges">');
  expect(lines.at(-1)).toBe('</g>');
  return lines.slice(1, -1);
}

describe('drawPaths', () => {
  it('draws a path a colour, from the lowest index to the highest', () => {
    expect(pathsOf(tileOf([[16, 1]]))).toEqual([
      '<path fill="#010101" d="M1 0h1v1h-1z"/>',
      '<path fill="#101010" d="M0 0h1v1h-1z"/>',
    ]);
  });

  it('joins neighbours in a row, and only there', () => {
    expect(
      pathsOf(
        tileOf([
          [1, 1, 2],
          [2, 1, 1],
        ]),
      ),
    ).toEqual([
      '<path fill="#010101" d="M0 0h2v1h-2zM1 1h2v1h-2z"/>',
      '<path fill="#020202" d="M2 0h1v1h-1zM0 1h1v1h-1z"/>',
    ]);
    // The end of a row and the beginning of the next are no neighbours.
    expect(
      pathsOf(
        tileOf([
          [2, 1],
          [1, 2],
        ]),
      )[0],
    ).toBe('<path fill="#010101" d="M1 0h1v1h-1zM0 1h1v1h-1z"/>');
  });

  it('draws nothing for missing values, which are not index 0', () => {
    expect(pathsOf(tileOf([[0, null, 0, null]]))).toEqual([
      '<path fill="#000000" d="M0 0h1v1h-1zM2 0h1v1h-1z"/>',
    ]);
    expect(pathsOf(tileOf([[null, null]]))).toEqual([]);
  });

  it('enlarges and moves', () => {
    expect(
      pathsOf(
        tileOf([
          [1, 1],
          [2, 2],
        ]),
        4,
        3,
        5,
      ),
    ).toEqual(['<path fill="#010101" d="M12 20h8v4h-8z"/>', '<path fill="#020202" d="M12 24h8v4h-8z"/>']);
  });

  it('gives transparent colours an opacity', () => {
    expect(pathsOf(tileOf([[255]]))).toEqual(['<path fill="#ff0000" fill-opacity="0.2" d="M0 0h1v1h-1z"/>']);
  });

  it('draws colours that are none of the palette, after those that are', () => {
    const tile = { ...tileOf([[0, 0, null]]), rgb: Uint8Array.of(255, 128, 0, 255, 128, 0, 9, 9, 9) };
    expect(pathsOf(tile)).toEqual(['<path fill="#ff8000" d="M0 0h2v1h-2z"/>']);
    const black = { ...tileOf([[7]]), rgb: Uint8Array.of(0, 0, 0) };
    const grid: Grid = {
      width: 2,
      height: 1,
      tiles: [
        { x: 0, y: 0, tile: black },
        { x: 1, y: 0, tile: tileOf([[9]]) },
      ],
    };
    expect(drawPaths(grid, colormap, 1).slice(1, -1)).toEqual([
      '<path fill="#090909" d="M1 0h1v1h-1z"/>',
      '<path fill="#000000" d="M0 0h1v1h-1z"/>',
    ]);
  });

  it('has one path for a colour of many tiles', () => {
    const grid: Grid = {
      width: 3,
      height: 1,
      tiles: [
        { x: 0, y: 0, tile: tileOf([[7]]) },
        { x: 2, y: 0, tile: tileOf([[7]]) },
      ],
    };
    expect(drawPaths(grid, colormap, 1)).toEqual([
      '<g shape-rendering="crispEdges">',
      '<path fill="#070707" d="M0 0h1v1h-1zM2 0h1v1h-1z"/>',
      '</g>',
    ]);
  });
});
