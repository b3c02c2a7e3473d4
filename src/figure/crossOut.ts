import type { Tile } from '../common/types';

/** Draws a cross of one palette index over a tile, from corner to corner. */
export function crossOut(tile: Tile, index: number): Tile {
  const { width, height } = tile;
  const indices = tile.indices.slice();
  const missing = tile.missing?.slice();
  const steps = Math.max(width, height) - 1;
  for (let step = 0; step <= steps; step++) {
    const share = steps > 0 ? step / steps : 0;
    const [x, y] = [Math.round(share * (width - 1)), Math.round(share * (height - 1))];
    for (const cell of [y * width + x, y * width + width - 1 - x]) {
      indices[cell] = index;
      if (missing) missing[cell] = 0;
    }
  }
  return { ...tile, indices, ...(missing && { missing }), dead: true };
}
