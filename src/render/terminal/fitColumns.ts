import type { Figure } from '../../common/types';

/** Up to so many maps stand as the figure has them, however narrow the line makes them. */
const FEW = 64;

/** Characters below which a map is but a speck. */
const NARROWEST = 4;

/**
 * Puts fewer of many maps in a row, where as many as the figure has would be too narrow to see anything.
 *
 * @param width Characters in a line.
 * @returns The figure itself where its rows stay; otherwise its places in cells hold no more, only the order of its tiles.
 */
export function fitColumns(figure: Figure, width: number): Figure {
  const { tiles } = figure;
  if (tiles.length <= FEW) return figure;
  const widest = tiles.reduce((most, tile) => Math.max(most, tile.width), 0);
  const room = Math.floor((width + 1) / (Math.min(widest, NARROWEST) + 1));
  if (figure.columns <= room) return figure;
  const columns = Math.max(1, room);
  return { ...figure, columns, rows: Math.ceil(tiles.length / columns) };
}
