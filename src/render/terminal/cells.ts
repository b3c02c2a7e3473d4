import type { Figure, Tile } from '../../common/types';
import { shrinkMap } from '../grid/shrinkMap';
import { splitColors } from '../grid/splitColors';

const RESET = '\u001b[0m';
/** From the lowest value to the highest, for terminals without colour. */
const SHADES = ' .:-=+*#%@';
const MISSING = -1;

/** What a terminal shows, two cells to a character: one above the other. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  /** Rows from the top of a map to that of the map below. */
  readonly step: number;
  /** Palette indices, row-major, or {@link MISSING} for the terminal's own background. */
  readonly indices: Int16Array;
  /** Red, green and blue of each cell as one number, or {@link MISSING} for that of the palette; absent where all are. */
  readonly colors?: Int32Array;
}

/**
 * Places the maps of a figure, shrunk.
 *
 * @param captionLines Lines of text below each row of maps.
 */
export function placeCells(
  figure: Figure,
  tileWidth: number,
  scale: number,
  gap: number,
  captionLines: number,
): Cells {
  const shrunk = figure.tiles.map((tile: Tile) => {
    const width = Math.max(1, Math.min(tileWidth, Math.round(tile.width * scale)));
    const height = Math.max(1, Math.round(tile.height * scale));
    const map = shrinkMap(tile, width, height);
    const own = splitColors(tile)?.map((each) => shrinkMap(each, width, height).indices);
    return { ...map, ...(own && { colors: packColors(own) }) };
  });
  const tileHeight = Math.max(...shrunk.map((map) => map.height));
  // Text takes whole lines, and one is left empty, so that it belongs to the map above.
  const step = captionLines > 0 ? tileHeight + (tileHeight % 2) + 2 * captionLines + 2 : tileHeight + 1;
  const width = figure.columns * (tileWidth + gap) - gap;
  const height = (figure.rows - 1) * step + tileHeight;
  const indices = new Int16Array(width * height).fill(MISSING);
  const hasOwn = shrunk.some(({ colors }) => colors);
  const colors = hasOwn ? new Int32Array(width * height).fill(MISSING) : undefined;
  shrunk.forEach((map, number) => {
    const left = (number % figure.columns) * (tileWidth + gap);
    const top = Math.floor(number / figure.columns) * step;
    for (let row = 0; row < map.height; row++) {
      const from = row * map.width;
      indices.set(map.indices.subarray(from, from + map.width), (top + row) * width + left);
      if (map.colors) colors!.set(map.colors.subarray(from, from + map.width), (top + row) * width + left);
    }
  });
  return { width, height, step, indices, ...(colors && { colors }) };
}

function packColors([red, green, blue]: readonly Int16Array[]): Int32Array {
  return Int32Array.from(red!, (byte, cell) => (byte << 16) | (green![cell]! << 8) | blue![cell]!);
}

/** Two rows of cells as one line: the upper one in the foreground of '▀', the lower one in its background. */
export function colorLine(cells: Cells, y: number, figure: Figure): string {
  const sequence = (code: 38 | 48, at: number): string => {
    const own = cells.colors?.[at] ?? MISSING;
    const index = cells.indices[at]!;
    const [red, green, blue] =
      own === MISSING
        ? figure.colormap.rgba.subarray(index * 4, index * 4 + 3)
        : [own >> 16, (own >> 8) & 255, own & 255];
    return `\u001b[${code};2;${red};${green};${blue}m`;
  };
  let line = '';
  let style = '';
  for (let x = 0; x < cells.width; x++) {
    const [above, below] = [y * cells.width + x, (y + 1) * cells.width + x];
    const upper = cells.indices[above]!;
    const lower = y + 1 < cells.height ? cells.indices[below]! : MISSING;
    let wanted = '';
    let character = ' ';
    if (upper !== MISSING && lower !== MISSING) {
      wanted = sequence(38, above) + sequence(48, below);
      character = '▀';
    } else if (upper !== MISSING || lower !== MISSING) {
      wanted = sequence(38, upper === MISSING ? below : above);
      character = upper === MISSING ? '▄' : '▀';
    }
    if (wanted !== style) line += (style === '' ? '' : RESET) + wanted;
    style = wanted;
    line += character;
  }
  return (style === '' ? line : line + RESET).trimEnd();
}

/** Two rows of cells as one line of shades, the average of both. */
export function shadeLine(cells: Cells, y: number): string {
  let line = '';
  for (let x = 0; x < cells.width; x++) {
    const upper = cells.indices[y * cells.width + x]!;
    const lower = y + 1 < cells.height ? cells.indices[(y + 1) * cells.width + x]! : MISSING;
    const present = [upper, lower].filter((index) => index !== MISSING);
    const mean = present.reduce((sum, index) => sum + index, 0) / Math.max(1, present.length);
    line += SHADES[Math.min(SHADES.length - 1, Math.floor((mean / 256) * SHADES.length))];
  }
  return line.trimEnd();
}
