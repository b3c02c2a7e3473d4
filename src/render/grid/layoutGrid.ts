import { requireWholeNumber } from '../../common/errors';
import { requireFigure } from '../../common/requireFigure';
import type { Figure, Tile } from '../../common/types';
import { requireGridSize } from '../../figure/requireGridSize';

/** Where a tile stands in the drawn grid, in cells. */
export interface PlacedTile {
  readonly x: number;
  readonly y: number;
  readonly tile: Tile;
}

/** The grid of a figure, in cells. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly PlacedTile[];
}

/**
 * Places the tiles of a figure: where the figure has them, or with another gap between them.
 *
 * @param gap Space between the tiles in cells; `undefined` keeps the figure's own.
 * @throws TypeError if `figure` is not a figure; RangeError if `gap` is not a whole number of at least 0, or too large.
 */
export function layoutGrid(figure: Figure, gap?: number): Grid {
  requireFigure(figure);
  const { width, height, columns, rows, tiles } = figure;
  if (gap === undefined)
    return { width, height, tiles: tiles.map((tile) => ({ x: tile.x, y: tile.y, tile })) };

  requireWholeNumber('gap', gap, 0);
  const tileWidth = tiles.reduce((widest, tile) => Math.max(widest, tile.width), 0);
  const tileHeight = tiles.reduce((highest, tile) => Math.max(highest, tile.height), 0);
  const gridWidth = columns * (tileWidth + gap) - gap;
  const gridHeight = rows * (tileHeight + gap) - gap;
  requireGridSize('gap', gap, gridWidth, gridHeight);
  return {
    width: gridWidth,
    height: gridHeight,
    tiles: tiles.map((tile, index) => ({
      x: (index % columns) * (tileWidth + gap),
      y: Math.floor(index / columns) * (tileHeight + gap),
      tile,
    })),
  };
}

/** The whole number of pixels a cell that brings a grid near the size of a page: at most 900 pixels, and 16 a cell. */
export function choosePixelSize(grid: Grid): number {
  return Math.max(1, Math.min(16, Math.floor(900 / Math.max(grid.width, grid.height))));
}

/**
 * Checks the edge of the square that shows one value, in pixels.
 *
 * @throws RangeError if it is not a whole number of at least 1, or if the picture would not fit in memory.
 */
export function requirePixelSize(grid: Grid, pixelSize: number): void {
  requireWholeNumber('pixelSize', pixelSize, 1);
  requireGridSize('pixelSize', pixelSize, grid.width * pixelSize, grid.height * pixelSize);
}
