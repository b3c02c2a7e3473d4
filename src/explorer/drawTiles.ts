import type { Colormap, Figure } from '../common/types';
import type { Grid } from '../render/grid/layoutGrid';
import { rasterizeGrid } from '../render/grid/rasterizeGrid';
import type { TileLayout } from './layoutTiles';

/** Draws a grid on a canvas, a pixel a value, and sets the size of the canvas to that. */
export function drawPixels(canvas: HTMLCanvasElement, grid: Grid, colormap: Colormap): void {
  const { width, height, data } = rasterizeGrid(grid, colormap, 1, [0, 0, 0, 0]);
  setSize(canvas, width, height);
  canvas.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
}

/** The grid of a figure as it is: `layoutGrid` would check it first, and it is one of ours. */
export function gridOf({ width, height, tiles }: Figure): Grid {
  return { width, height, tiles: tiles.map((tile) => ({ x: tile.x, y: tile.y, tile })) };
}

/**
 * Draws the tiles of a figure where a layout has them.
 *
 * @param scratch A canvas for the figure at a pixel a value; keeping it saves making one each frame.
 */
export function drawTiles(
  canvas: HTMLCanvasElement,
  scratch: HTMLCanvasElement,
  figure: Figure,
  { columns, tileWidth, tileHeight, gap, shrunk }: TileLayout,
  devicePixelRatio: number,
): void {
  drawPixels(scratch, gridOf(figure), figure.colormap);
  const rows = Math.ceil(figure.tiles.length / columns);
  const width = columns * (tileWidth + gap) - gap;
  const height = rows * (tileHeight + gap) - gap;
  setSize(canvas, Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio));
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = canvas.getContext('2d')!;
  // A missing value is transparent, and so would show the map of the frame before.
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = shrunk;
  figure.tiles.forEach((tile, index) => {
    const across = Math.round((index % columns) * (tileWidth + gap) * devicePixelRatio);
    const down = Math.round(Math.floor(index / columns) * (tileHeight + gap) * devicePixelRatio);
    context.drawImage(
      scratch,
      tile.x,
      tile.y,
      tile.width,
      tile.height,
      across,
      down,
      Math.round(tileWidth * devicePixelRatio),
      Math.round(tileHeight * devicePixelRatio),
    );
  });
}

/** Setting a size empties a canvas and takes it new memory, so only where it changes. */
function setSize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
}
