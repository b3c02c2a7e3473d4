/** Maps in a row as the article draws them, and up to how many maps that makes no strip. */
const [USUAL, MOST_IN_USUAL] = [8, 64];

/**
 * Chooses how many maps stand in a row: 8 for up to 64 maps; for more, as many as make the figure most nearly square in
 * cells, gaps included, and of two that do so equally the wider.
 *
 * @param count How many maps there are.
 * @param width Cells in a row of a map.
 * @param height Rows of a map.
 * @param gap Cells between maps.
 */
export function chooseColumns(count: number, width: number, height: number, gap: number): number {
  if (count <= MOST_IN_USUAL) return USUAL;
  let [best, least] = [USUAL, Number.POSITIVE_INFINITY];
  for (let columns = 1; columns <= count; columns++) {
    const across = columns * (width + gap) - gap;
    const down = Math.ceil(count / columns) * (height + gap) - gap;
    const stretch = Math.max(across, down) / Math.min(across, down);
    if (stretch <= least) [best, least] = [columns, stretch];
  }
  return best;
}
