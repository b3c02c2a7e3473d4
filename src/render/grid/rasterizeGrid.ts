import type { Rgba } from '../../common/parseColor';
import type { Colormap, RgbaImage, Tile } from '../../common/types';
import type { Grid } from './layoutGrid';

/**
 * Paints a grid as pixels, `pixelSize × pixelSize` of them a cell.
 *
 * @param background Colour of the gaps. Missing values stay transparent whatever it is.
 */
export function rasterizeGrid(
  grid: Grid,
  colormap: Colormap,
  pixelSize: number,
  background: Rgba,
): RgbaImage {
  const width = grid.width * pixelSize;
  const height = grid.height * pixelSize;
  const pixels = new Uint32Array(width * height); // one word a pixel, in the byte order of the machine
  const palette = new Uint32Array(new Uint8Array(colormap.rgba).buffer);
  const gapColor = new Uint32Array(Uint8Array.from(background).buffer)[0]!;
  if (gapColor !== 0) pixels.fill(gapColor);

  for (const { x, y, tile } of grid.tiles) {
    for (let row = 0; row < tile.height; row++) {
      const start = (y + row) * pixelSize * width + x * pixelSize;
      const cell = row * tile.width;
      const isPlain = pixelSize === 1 && !tile.missing && !tile.rgb;
      if (isPlain) paintCells(pixels, start, palette, tile.indices, cell, cell + tile.width);
      else enlargeCells(pixels, start, palette, tile, cell, pixelSize);
      const end = start + tile.width * pixelSize;
      for (let repeat = 1; repeat < pixelSize; repeat++)
        pixels.copyWithin(start + repeat * width, start, end);
    }
  }
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) };
}

/** A function of its own, which the engine makes fast sooner than a loop in one that is called once a figure. */
function paintCells(
  pixels: Uint32Array,
  start: number,
  palette: Uint32Array,
  indices: Uint8Array,
  from: number,
  to: number,
): void {
  for (let cell = from, at = start; cell < to; cell++) pixels[at++] = palette[indices[cell]!]!;
}

function enlargeCells(
  pixels: Uint32Array,
  start: number,
  palette: Uint32Array,
  { indices, missing, rgb, width }: Tile,
  from: number,
  pixelSize: number,
): void {
  const own = rgb && toWords(rgb.subarray(from * 3, (from + width) * 3));
  for (let cell = from, at = start; cell < from + width; cell++) {
    const color = missing?.[cell] ? 0 : own ? own[cell - from]! : palette[indices[cell]!]!;
    for (let repeat = 0; repeat < pixelSize; repeat++) pixels[at++] = color;
  }
}

/** Red, green and blue of each cell as opaque pixels, a word each. */
function toWords(rgb: Uint8Array): Uint32Array {
  const bytes = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    bytes[to] = rgb[from]!;
    bytes[to + 1] = rgb[from + 1]!;
    bytes[to + 2] = rgb[from + 2]!;
  }
  return new Uint32Array(bytes.buffer);
}
