import { requireBoolean, requireWholeNumber } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import type { Figure } from '../../common/types';
import { layoutGrid } from '../grid/layoutGrid';
import { captionMaps } from './captionMaps';
import { type Cells, colorLine, placeCells, shadeLine } from './cells';
import { centreText } from './centreText';
import { fitColumns } from './fitColumns';
import { printScale } from './printScale';

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
  /**
   * Whether the range of the colours stands below: a scale where all maps share one, or else the lowest and the highest value
   * of each map as far as there is room.
   * @defaultValue false
   */
  colorBar?: boolean | undefined;
}

/**
 * Renders a figure as text: half blocks in 24-bit colour, two cells to a character, or shades of plain characters.
 * Maps too wide for the line are shrunk by averaging their palette indices, that is, their scaled values, or their own
 * colours. Of more than 64 maps, fewer than the figure has stand in a row where each would get less than 4 characters.
 *
 * @returns Lines, each ending in a line feed, none longer than `width` characters.
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderTerminal(given: Figure, options: RenderTerminalOptions = {}): string {
  requireOptions(options, { width: true, color: true, title: true, colorBar: true });
  const { width = 80, color = true, title = true, colorBar = false } = options;
  const { tiles } = layoutGrid(given);
  requireWholeNumber('width', width, 1);
  requireBoolean('color', color);
  requireBoolean('title', title);
  requireBoolean('colorBar', colorBar);
  const figure = fitColumns(given, width);
  if (width < figure.columns) {
    throw new RangeError(
      `width: expected at least a character for each of the ${figure.columns} columns, got ${width}`,
    );
  }

  const gap = width >= figure.columns * 2 - 1 ? 1 : 0;
  const widest = tiles.reduce((most, { tile }) => Math.max(most, tile.width), 0);
  const tileWidth = Math.min(widest, Math.floor((width - gap * (figure.columns - 1)) / figure.columns));
  const own = colorBar && !figure.domain;
  const captions = own ? captionMaps(figure, tileWidth, gap) : { lineCount: 0, lines: [] };
  const { lineCount } = captions;
  const cells = placeCells(figure, tileWidth, tileWidth / widest, gap, lineCount);
  const draw = (part: Cells, y = 0) => (color ? colorLine(part, y, figure) : shadeLine(part, y));

  const lines = title ? centreText(figure.title, cells.width, width) : [];
  const above = lines.length;
  for (let y = 0; y < cells.height; y += 2) lines.push(draw(cells, y));
  captions.lines.forEach((texts, row) => {
    lines.splice(above + ((row + 1) * cells.step) / 2 - lineCount - 1, lineCount, ...texts);
  });
  if (own && lineCount === 0) lines.push(...centreText('Each map has its own range.', cells.width, width));
  if (colorBar && figure.domain) lines.push(...printScale(figure, figure.domain, cells.width, width, draw));
  return lines.map((line) => `${line}\n`).join('');
}
