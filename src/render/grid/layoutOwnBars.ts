import type { Figure } from '../../common/types';
import { type ColorBars, chooseFontSize, drawStrip, estimateLabel, labelEnds, rangeOf } from './colorBar';
import { formatRange } from './formatRange';
import { type Grid, requirePixelSize } from './layoutGrid';

/** Places a bar below each map of a grid, with the ends of its range; rows and columns move apart as far as that takes. */
export function layoutOwnBars(figure: Figure, cells: Grid, pixelSize: number, scale: number): ColorBars {
  const { columns, rows } = figure;
  const ranges = cells.tiles.map(({ tile }) => rangeOf(tile));
  const [tileWidth, tileHeight] = (['width', 'height'] as const).map(
    (side) => cells.tiles.reduce((most, { tile }) => Math.max(most, tile[side]), 0) * pixelSize,
  ) as [number, number];
  const size = chooseFontSize(tileWidth / 10, 10, scale);

  // What does not fit below a map is written with fewer digits; if that does not help, the maps move apart.
  let texts: string[][] = [];
  let width = 0;
  for (let digits = 4; digits >= 2; digits--) {
    texts = ranges.map((range) => formatRange(range, digits));
    width = Math.ceil(
      texts.reduce((most, ends) => Math.max(most, estimateLabel(ends.join('00'), size)), tileWidth),
    );
    if (width === tileWidth) break;
  }
  const toCells = (pixels: number) => Math.max(0, Math.ceil(pixels / pixelSize));
  const [top, thickness] = [Math.round(size * 0.3), Math.round(size * 0.4)];
  const baseline = top + thickness + size;
  const height = baseline + Math.round(size * 0.35);
  const stepOf = (next: number, side: 'x' | 'y') => (cells.tiles[next]?.[side] ?? 0) * pixelSize;
  const besides = toCells((width - tileWidth) / 2);
  const across = columns > 1 ? toCells(width + size - stepOf(1, 'x')) : 0;
  const down = rows > 1 ? toCells(tileHeight + height + size / 2 - stepOf(columns, 'y')) : 0;
  const grid: Grid = {
    width: cells.width + 2 * besides + (columns - 1) * across,
    height: cells.height + (rows - 1) * down,
    tiles: cells.tiles.map(({ x, y, tile }, index) => ({
      x: x + besides + (index % columns) * across,
      y: y + Math.floor(index / columns) * down,
      tile,
    })),
  };
  requirePixelSize(grid, pixelSize);

  const places = grid.tiles.map(({ x, y, tile }) => ({
    x: x * pixelSize - Math.floor((width - tile.width * pixelSize) / 2),
    y: y * pixelSize + tile.height * pixelSize + top,
    width,
    height: thickness,
  }));
  return {
    grid,
    width: grid.width * pixelSize,
    height: grid.height * pixelSize + height,
    fontSize: size,
    boxes: places.flatMap((place, index) => drawStrip(figure, ranges[index]!, scale, place)),
    labels: places.flatMap(({ x, y }, index) => labelEnds(texts[index]!, x, width, y - top + baseline)),
  };
}
