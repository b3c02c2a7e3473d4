import type { Figure } from '../../common/types';
import type { Range } from '../grid/colorBar';
import { formatRange } from '../grid/formatRange';
import type { Cells } from './cells';
import { centreText } from './centreText';

/** Characters of a strip of colours: at the least, and where the maps are narrow but the line is not. */
const [SHORTEST, USUAL] = [4, 24];

/**
 * Writes a scale as a line: lowest value, strip of colours, highest value. Without room for the strip, the values alone.
 *
 * @param gridWidth Characters of the maps above.
 * @param width Characters in a line at the most.
 * @param draw Draws one row of cells.
 */
export function printScale(
  { gradient: [first, last] = [0, 255] }: Figure,
  domain: Range,
  gridWidth: number,
  width: number,
  draw: (cells: Cells) => string,
): string[] {
  const [low, high] = formatRange(domain, 4) as [string, string?];
  if (high === undefined) return centreText(low, gridWidth, width);
  const besides = low.length + high.length + 2;
  const length = Math.min(width, Math.max(gridWidth, besides + USUAL)) - besides;
  if (length < SHORTEST) return centreText(`${low} to ${high}`, gridWidth, width);
  const indices = Int16Array.from(
    { length },
    (_, at) => first + Math.round((at * (last - first)) / (length - 1)),
  );
  return [`${low} ${draw({ width: length, height: 1, step: 1, indices })} ${high}`];
}
