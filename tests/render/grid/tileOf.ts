import type { Figure, Tile } from '../../../src/common/types';
import { viridis } from '../../../src/figure/color/viridis';

/** A tile of palette indices; `null` is a missing value. */
export function tileOf(rows: readonly (number | null)[][], x = 0, y = 0): Tile {
  const cells = rows.flat();
  const tile = {
    x,
    y,
    width: rows[0]!.length,
    height: rows.length,
    channel: 0,
    min: 0,
    max: 1,
    indices: Uint8Array.from(cells, (cell) => cell ?? 0),
  };
  if (!cells.includes(null)) return tile;
  return { ...tile, missing: Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0)) };
}

/** A figure of so many tiles of 3 × 2 cells, with a gap of one. */
export function figureOf(count: number, columns: number): Figure {
  const rows = Math.ceil(count / columns);
  const tiles = Array.from({ length: count }, (_, index) =>
    tileOf(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      (index % columns) * 4,
      Math.floor(index / columns) * 3,
    ),
  );
  return {
    title: 'Layer: conv1',
    width: columns * 4 - 1,
    height: rows * 3 - 1,
    columns,
    rows,
    tiles,
    colormap: viridis,
  };
}
