import { parseColor, type Rgba } from '../color/parseColor';
import { describeValue, requireBoolean, requireOptions, requireString, requireWholeNumber } from '../errors';
import { formatValue } from '../formatValue';
import { choosePixelSize, type Grid, layoutGrid, type PlacedTile } from '../grid/layoutGrid';
import { layoutTitle, noTitle } from '../grid/titleStrip';
import { drawImage } from '../svg/drawImage';
import { drawPaths } from '../svg/drawPaths';
import { escapeXml } from '../svg/escapeXml';
import { fill, rectangle } from '../svg/shapes';
import type { Colormap, Figure } from '../types';

export interface RenderSvgOptions {
  /**
   * Edge of the square that shows one value, in pixels of the SVG's own size.
   * @defaultValue what brings the figure near 900 pixels, at most 16
   */
  pixelSize?: number | undefined;
  /**
   * Space between the maps, in cells of `pixelSize` pixels.
   * @defaultValue the figure's own
   */
  gap?: number | undefined;
  /**
   * Whether the title is drawn above the maps. It names the picture for screen readers either way.
   * @defaultValue true
   */
  title?: boolean | undefined;
  /**
   * `'image'` embeds one small PNG and asks the viewer not to smooth it; `'path'` draws squares, a path a colour, which
   * is larger and sharp in viewers that smooth all the same (some PDF converters do).
   * @defaultValue `'image'`
   */
  pixels?: 'image' | 'path' | undefined;
  /**
   * Colour around the maps; missing values stay transparent.
   * @defaultValue `'white'`
   */
  background?: string | undefined;
  /**
   * Colour of the title.
   * @defaultValue `'black'`
   */
  color?: string | undefined;
  /**
   * Font family of the title.
   * @defaultValue `'system-ui, sans-serif'`
   */
  fontFamily?: string | undefined;
}

/**
 * Renders a figure as an SVG document. It is one element, can stand inside an HTML page, and needs nothing else. Each
 * map carries its channel and range as a tooltip.
 *
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderSvg(figure: Figure, options: RenderSvgOptions = {}): string {
  requireOptions(options);
  const {
    gap,
    pixels = 'image',
    background = 'white',
    color = 'black',
    fontFamily = 'system-ui, sans-serif',
  } = options;
  const grid = layoutGrid(figure, gap);
  const { pixelSize = choosePixelSize(grid), title = true } = options;
  requireWholeNumber('pixelSize', pixelSize, 1);
  requireBoolean('title', title);
  requireString('fontFamily', fontFamily);
  if (pixels !== 'image' && pixels !== 'path') {
    throw new RangeError(`pixels: expected 'image' or 'path', got ${describeValue(pixels)}`);
  }
  const paper = parseColor('background', background);
  const ink = parseColor('color', color);

  const name = escapeXml(figure.title);
  const gridWidth = grid.width * pixelSize;
  const gridHeight = grid.height * pixelSize;
  const strip = title
    ? layoutTitle(gridWidth, (size) => estimateWidth(figure.title, size))
    : noTitle(gridWidth);
  const height = strip.height + gridHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="${name}"` +
      ` width="${strip.width}" height="${height}" viewBox="0 0 ${strip.width} ${height}">`,
    `<title>${name}</title>`,
    ...drawBackground(grid, figure.colormap, strip, pixelSize, paper, height),
    ...(title
      ? [
          `<text x="${strip.width / 2}" y="${strip.baseline}" text-anchor="middle" font-family="${escapeXml(fontFamily)}"` +
            ` font-size="${strip.fontSize}" ${fill(ink)}>${name}</text>`,
        ]
      : []),
    `<g transform="translate(${strip.gridX} ${strip.height})">`,
    ...(pixels === 'image'
      ? [drawImage(grid, figure.colormap, gridWidth, gridHeight)]
      : drawPaths(grid, figure.colormap, pixelSize)),
    '<g fill="none" pointer-events="all">',
    ...grid.tiles.map((placed) => drawTooltip(placed, pixelSize)),
    '</g>',
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The background, with a hole for every map that would let it shine through. */
function drawBackground(
  grid: Grid,
  colormap: Colormap,
  strip: { width: number; height: number; gridX: number },
  pixelSize: number,
  paper: Rgba,
  height: number,
): string[] {
  if (paper[3] === 0) return [];
  const isOpaque = colormap.rgba.every((byte, at) => at % 4 !== 3 || byte === 255);
  const holes = grid.tiles
    .filter(({ tile }) => tile.missing || !isOpaque)
    .map(({ x, y, tile }) =>
      rectangle(
        strip.gridX + x * pixelSize,
        strip.height + y * pixelSize,
        tile.width * pixelSize,
        tile.height * pixelSize,
      ),
    );
  const path = rectangle(0, 0, strip.width, height) + holes.join('');
  return [`<path fill-rule="evenodd" ${fill(paper)} d="${path}"/>`];
}

function drawTooltip({ x, y, tile }: PlacedTile, pixelSize: number): string {
  const range = Number.isNaN(tile.min)
    ? 'no finite value'
    : `${formatValue(tile.min)} to ${formatValue(tile.max)}`;
  return (
    `<rect x="${x * pixelSize}" y="${y * pixelSize}" width="${tile.width * pixelSize}" height="${tile.height * pixelSize}">` +
    `<title>channel ${tile.channel}: ${range}</title></rect>`
  );
}

/** A generous guess, since there is no font to measure: no common sans serif is wider. */
function estimateWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += character.codePointAt(0)! < 0x1100 ? 0.65 : 1.05;
  return ems * fontSize;
}
