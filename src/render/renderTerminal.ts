import { requireBoolean, requireOptions, requireWholeNumber } from '../errors';
import { layoutGrid } from '../grid/layoutGrid';
import { printableTitle } from '../grid/printableTitle';
import { shrinkMap } from '../grid/shrinkMap';
import type { Figure, Tile } from '../types';

export interface RenderTerminalOptions {
  /**
   * Characters in a line at the most; at least one for each column of the figure.
   * @defaultValue 80
   */
  width?: number | undefined;
  /**
   * Whether to colour, with 24-bit escape sequences. Without, brightness is shown by characters.
   * @defaultValue true
   */
  color?: boolean | undefined;
  /**
   * Whether the title stands above the maps.
   * @defaultValue true
   */
  title?: boolean | undefined;
}

const RESET = '\u001b[0m';
/** From the lowest value to the highest, for terminals without colour. */
const SHADES = ' .:-=+*#%@';
const MISSING = -1;

/**
 * Renders a figure as text: half blocks in 24-bit colour, two cells to a character, or shades of plain characters.
 * Maps too wide for the line are shrunk by averaging their palette indices, that is, their scaled values.
 *
 * @returns Lines, each ending in a line feed, none longer than `width` characters.
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderTerminal(figure: Figure, options: RenderTerminalOptions = {}): string {
  requireOptions(options);
  const { width = 80, color = true, title = true } = options;
  const { tiles } = layoutGrid(figure);
  requireWholeNumber('width', width, 1);
  requireBoolean('color', color);
  requireBoolean('title', title);
  if (width < figure.columns) {
    throw new RangeError(
      `width: expected at least a character for each of the ${figure.columns} columns, got ${width}`,
    );
  }

  const gap = width >= figure.columns * 2 - 1 ? 1 : 0;
  const widest = tiles.reduce((most, { tile }) => Math.max(most, tile.width), 0);
  const tileWidth = Math.min(widest, Math.floor((width - gap * (figure.columns - 1)) / figure.columns));
  const cells = placeCells(figure, tileWidth, tileWidth / widest, gap);
  const lines = title ? centre(figure.title, cells.width, width) : [];
  for (let y = 0; y < cells.height; y += 2)
    lines.push(color ? colorLine(cells, y, figure) : shadeLine(cells, y));
  return lines.map((line) => `${line}\n`).join('');
}

interface Cells {
  readonly width: number;
  readonly height: number;
  /** Palette indices, row-major, or {@link MISSING} for the terminal's own background. */
  readonly indices: Int16Array;
}

function placeCells(figure: Figure, tileWidth: number, scale: number, gap: number): Cells {
  const shrunk = figure.tiles.map((tile: Tile) => {
    const width = Math.max(1, Math.min(tileWidth, Math.round(tile.width * scale)));
    const height = Math.max(1, Math.round(tile.height * scale));
    return shrinkMap(tile, width, height);
  });
  const tileHeight = Math.max(...shrunk.map((map) => map.height));
  const width = figure.columns * (tileWidth + gap) - gap;
  const height = figure.rows * (tileHeight + 1) - 1;
  const indices = new Int16Array(width * height).fill(MISSING);
  shrunk.forEach((map, number) => {
    const left = (number % figure.columns) * (tileWidth + gap);
    const top = Math.floor(number / figure.columns) * (tileHeight + 1);
    for (let row = 0; row < map.height; row++) {
      const from = row * map.width;
      indices.set(map.indices.subarray(from, from + map.width), (top + row) * width + left);
    }
  });
  return { width, height, indices };
}

/** Two rows of cells as one line: the upper one in the foreground of '▀', the lower one in its background. */
function colorLine(cells: Cells, y: number, figure: Figure): string {
  const sequence = (code: 38 | 48, index: number): string => {
    const [red, green, blue] = figure.colormap.rgba.subarray(index * 4, index * 4 + 3);
    return `\u001b[${code};2;${red};${green};${blue}m`;
  };
  let line = '';
  let style = '';
  for (let x = 0; x < cells.width; x++) {
    const upper = cells.indices[y * cells.width + x]!;
    const lower = y + 1 < cells.height ? cells.indices[(y + 1) * cells.width + x]! : MISSING;
    let wanted = '';
    let character = ' ';
    if (upper !== MISSING && lower !== MISSING) {
      wanted = sequence(38, upper) + sequence(48, lower);
      character = '▀';
    } else if (upper !== MISSING || lower !== MISSING) {
      wanted = sequence(38, upper === MISSING ? lower : upper);
      character = upper === MISSING ? '▄' : '▀';
    }
    if (wanted !== style) line += (style === '' ? '' : RESET) + wanted;
    style = wanted;
    line += character;
  }
  return (style === '' ? line : line + RESET).trimEnd();
}

/** Two rows of cells as one line of shades, the average of both. */
function shadeLine(cells: Cells, y: number): string {
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

/** The title in the middle of the maps, broken where it is longer than a line. */
function centre(title: string, gridWidth: number, width: number): string[] {
  const lines: { text: string; cells: number }[] = [{ text: '', cells: 0 }];
  for (const character of printableTitle(title)) {
    const cells = countCells(character);
    let line = lines.at(-1)!;
    if (line.cells + cells > width && line.text !== '') {
      line = { text: '', cells: 0 };
      lines.push(line);
    }
    if (cells > width) continue; // one of two cells has no place in a line of one
    line.text += character;
    line.cells += cells;
  }
  return lines.map(({ text, cells }) => ' '.repeat(Math.max(0, Math.floor((gridWidth - cells) / 2))) + text);
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** How many places of a terminal a character takes. */
function countCells(character: string): 0 | 1 | 2 {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
