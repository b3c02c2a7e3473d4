import type { Tile } from '../../common/types';

/** A map made smaller: palette indices, row-major, or -1 where no cell below had a value. */
export interface ShrunkMap {
  readonly width: number;
  readonly height: number;
  readonly indices: Int16Array;
}

/**
 * Shrinks a map by averaging the palette indices below each new cell, weighted by the area they share. Values that are
 * missing do not count.
 *
 * @param width New width, from 1 to the tile's.
 * @param height New height, from 1 to the tile's.
 */
export function shrinkMap(tile: Tile, width: number, height: number): ShrunkMap {
  const indices = new Int16Array(width * height);
  for (let y = 0; y < height; y++) {
    const rows = overlaps(y, tile.height / height, tile.height);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let area = 0;
      for (const [row, rowShare] of rows) {
        for (const [column, columnShare] of overlaps(x, tile.width / width, tile.width)) {
          const cell = row * tile.width + column;
          if (tile.missing?.[cell]) continue;
          sum += tile.indices[cell]! * rowShare * columnShare;
          area += rowShare * columnShare;
        }
      }
      indices[y * width + x] = area > 0 ? Math.round(sum / area) : -1;
    }
  }
  return { width, height, indices };
}

/** The old cells that new cell `index` covers, each with how much of it. */
function overlaps(index: number, scale: number, count: number): [cell: number, share: number][] {
  const start = index * scale;
  const end = Math.min(count, start + scale);
  const cells: [number, number][] = [];
  for (let cell = Math.floor(start); cell < end; cell++) {
    const share = Math.min(end, cell + 1) - Math.max(start, cell);
    if (share > 1e-9) cells.push([cell, share]);
  }
  return cells;
}
