import type { Rgba } from '../../common/parseColor';
import type { Colormap } from '../../common/types';
import type { Grid } from '../grid/layoutGrid';
import { rasterizeGrid } from '../grid/rasterizeGrid';
import { createPalette } from './createPalette';
import { encodePng } from './encodePng';
import { encodeRgba } from './encodeRgba';
import { enlargeRows } from './filterRows';

/**
 * Encodes a grid as an indexed PNG with a palette of its own. Viridis has 254 distinct colours, so the colour of the
 * gaps and the transparency of missing values still fit; a colour map with more falls back to RGBA, and so do tiles in
 * colours of their own where there are more.
 *
 * @param background Colour of the gaps.
 * @param level Effort of the compression, from 1 (fast) to 9 (small).
 */
export function encodeGrid(
  grid: Grid,
  colormap: Colormap,
  pixelSize: number,
  background: Rgba,
  level: 1 | 6 | 9,
): Uint8Array<ArrayBuffer> {
  const { width, height } = grid;
  const encodePixels = () => encodeRgba(rasterizeGrid(grid, colormap, pixelSize, background), level);
  if (grid.tiles.some(({ tile }) => tile.rgb)) return encodePixels();
  const { rgba } = colormap;
  const palette = createPalette();
  const entries = new Uint16Array(width * height);
  if (!isCovered(grid)) entries.fill(palette.entryOf(...background));

  const entryOfIndex = new Int16Array(256).fill(-1);
  for (const { x, y, tile } of grid.tiles) {
    const { indices, missing } = tile;
    for (let row = 0, cell = 0; row < tile.height; row++) {
      let at = (y + row) * width + x;
      for (const end = cell + tile.width; cell < end; cell++) {
        if (missing?.[cell]) {
          entries[at++] = palette.entryOf(0, 0, 0, 0);
          continue;
        }
        const index = indices[cell]!;
        let entry = entryOfIndex[index]!;
        if (entry === -1) {
          const color = index * 4;
          entry = palette.entryOf(rgba[color]!, rgba[color + 1]!, rgba[color + 2]!, rgba[color + 3]!);
          entryOfIndex[index] = entry;
        }
        entries[at++] = entry;
      }
    }
  }
  if (palette.size > 256) return encodePixels();

  return encodePng(
    {
      width: width * pixelSize,
      height: height * pixelSize,
      samples: 1,
      palette: palette.toRgba(),
      rows: enlargeRows(new Uint8Array(entries), width, height, pixelSize),
    },
    level,
  );
}

function isCovered(grid: Grid): boolean {
  const covered = grid.tiles.reduce((sum, { tile }) => sum + tile.width * tile.height, 0);
  return covered === grid.width * grid.height;
}
