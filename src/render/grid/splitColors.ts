import type { Tile } from '../../common/types';

/**
 * Sees a tile that has colours of its own as three tiles, whose indices are its red, its green and its blue, each 0 to 255: for
 * what works on one number a cell.
 *
 * @returns `undefined` for a tile whose colours are those of the palette.
 */
export function splitColors(tile: Tile): [red: Tile, green: Tile, blue: Tile] | undefined {
  const { rgb } = tile;
  if (!rgb) return undefined;
  const take = (sample: number): Tile => ({
    ...tile,
    indices: tile.indices.map((_, cell) => rgb[cell * 3 + sample]!),
  });
  return [take(0), take(1), take(2)];
}
