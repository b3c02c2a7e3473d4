import type { Rgba } from '../color/parseColor';
import type { Colormap, RgbaImage } from '../types';
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
    const { indices, missing } = tile;
    for (let row = 0; row < tile.height; row++) {
      const start = (y + row) * pixelSize * width + x * pixelSize;
      const first = row * tile.width;
      let at = start;
      if (pixelSize === 1 && !missing) {
        for (let cell = first; cell < first + tile.width; cell++) pixels[at++] = palette[indices[cell]!]!;
        continue;
      }
      for (let cell = first; cell < first + tile.width; cell++) {
        const color = missing?.[cell] ? 0 : palette[indices[cell]!]!;
        for (let repeat = 0; repeat < pixelSize; repeat++) pixels[at++] = color;
      }
      for (let repeat = 1; repeat < pixelSize; repeat++) pixels.copyWithin(start + repeat * width, start, at);
    }
  }
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) };
}
