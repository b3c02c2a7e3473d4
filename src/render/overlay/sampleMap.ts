import type { Tile } from '../../common/types';

/** Reads a palette index of a map at a place, 0 to 1 from left to right and from top to bottom; -1 where none is. */
export type MapSampler = (tile: Tile, x: number, y: number) => number;

/** The index of the cell that the place is in. */
export const sampleNearest: MapSampler = ({ width, height, indices, missing }, x, y) => {
  const cell = Math.floor(y * height) * width + Math.floor(x * width);
  return missing?.[cell] ? -1 : indices[cell]!;
};

/**
 * The index between the middles of the four cells around the place; at the edge, that of the edge. What is missing does not
 * count, and is missing where it is nearest.
 */
export const sampleBilinear: MapSampler = (tile, x, y) => {
  const { width, height, indices, missing } = tile;
  if (sampleNearest(tile, x, y) < 0) return -1;
  const [column, columnShare] = between(x * width - 0.5, width);
  const [row, rowShare] = between(y * height - 0.5, height);
  let [sum, whole] = [0, 0];
  for (const [down, downShare] of [
    [row, 1 - rowShare],
    [Math.min(row + 1, height - 1), rowShare],
  ] as const) {
    for (const [across, acrossShare] of [
      [column, 1 - columnShare],
      [Math.min(column + 1, width - 1), columnShare],
    ] as const) {
      const cell = down * width + across;
      if (missing?.[cell]) continue;
      sum += indices[cell]! * downShare * acrossShare;
      whole += downShare * acrossShare;
    }
  }
  return Math.round(sum / whole);
};

function between(position: number, count: number): [cell: number, share: number] {
  const clamped = Math.min(Math.max(position, 0), count - 1);
  return [Math.floor(clamped), clamped - Math.floor(clamped)];
}
