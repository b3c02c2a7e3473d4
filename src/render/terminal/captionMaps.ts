import type { Figure } from '../../common/types';
import { rangeOf } from '../grid/colorBar';
import { formatRange } from '../grid/formatRange';

/** Text below the rows of maps. */
export interface Captions {
  /** Lines of text below each row; 0 where the maps are too narrow. */
  readonly lineCount: number;
  /** For each row of maps, its lines. */
  readonly lines: readonly (readonly string[])[];
}

/**
 * Writes the range of each map below it: on one line with the lowest value left and the highest right, or on two as
 * `≥ lowest` and `≤ highest` where that is too wide; with as many digits as there is room for, but at least two.
 *
 * @param tileWidth Characters of a map.
 * @param gap Characters between maps.
 */
export function captionMaps(figure: Figure, tileWidth: number, gap: number): Captions {
  const room = tileWidth - (gap === 0 ? 1 : 0);
  const ranges = figure.tiles.map(rangeOf);
  for (const lineCount of [1, 2]) {
    for (let digits = 4; digits >= 2; digits--) {
      const captions = ranges.map((range) => writeRange(formatRange(range, digits), lineCount, room));
      if (captions.flat().every((text) => text.length <= room)) {
        const lines = Array.from({ length: figure.rows }, (_, row) => {
          const inRow = captions.slice(row * figure.columns, (row + 1) * figure.columns);
          return Array.from({ length: lineCount }, (_, line) =>
            inRow
              .map((caption) => (caption[line] ?? '').padEnd(tileWidth + gap))
              .join('')
              .trimEnd(),
          );
        });
        return { lineCount, lines };
      }
    }
  }
  return { lineCount: 0, lines: [] };
}

function writeRange(ends: readonly string[], lineCount: number, room: number): string[] {
  const [low, high] = ends as [string, string?];
  if (high === undefined) return [' '.repeat(Math.max(0, Math.floor((room - low.length) / 2))) + low];
  if (lineCount === 2) return [`≥ ${low}`, `≤ ${high}`];
  return [`${low} ${high.padStart(room - low.length - 1)}`];
}
