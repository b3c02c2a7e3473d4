import { describeValue } from '../../common/errors';
import { formatValue } from '../../common/formatValue';
import { requireOptions } from '../../common/requireOptions';
import type { Figure } from '../../common/types';
import type { PlacedTile } from '../grid/layoutGrid';
import { layoutPicture } from '../grid/layoutPicture';
import { PICTURE_OPTIONS, type PictureOptions, preparePicture } from '../grid/preparePicture';
import { drawBackground, findTranslucent } from './drawBackground';
import { drawColorBars } from './drawColorBars';
import { drawImage, PIXEL_STYLE } from './drawImage';
import { drawPaths } from './drawPaths';
import { drawTitle } from './drawTitle';
import { escapeXml } from './escapeXml';
import { estimateWidth } from './estimateWidth';
import { fill } from './shapes';

export interface RenderSvgOptions extends PictureOptions {
  /**
   * `'image'` embeds one small PNG and asks the viewer not to smooth it; `'path'` draws squares, a path a colour, which
   * is larger and sharp in viewers that smooth all the same (some PDF converters do).
   * @defaultValue `'image'`
   */
  pixels?: 'image' | 'path' | undefined;
}

/**
 * Renders a figure as an SVG document. It is one element, can stand inside an HTML page, and needs nothing else. Each
 * map carries its channel and range as a tooltip.
 *
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderSvg(figure: Figure, options: RenderSvgOptions = {}): string {
  requireOptions(options, { ...PICTURE_OPTIONS, pixels: true });
  const picture = preparePicture(figure, options);
  const { pixelSize, title, fontFamily } = picture;
  const { pixels = 'image' } = options;
  if (pixels !== 'image' && pixels !== 'path') {
    throw new RangeError(`pixels: expected 'image' or 'path', got ${describeValue(pixels)}`);
  }

  const name = escapeXml(figure.title);
  const measureTitle = title ? (size: number) => estimateWidth(figure.title, size) : undefined;
  const layout = layoutPicture(figure, picture.grid, pixelSize, picture.colorBar, measureTitle);
  const { width, height, grid, strip, gridX, gridY } = layout;
  const font = `font-family="${escapeXml(fontFamily)}" font-size=`;
  const ink = fill(picture.color);
  const isTranslucent = findTranslucent(figure.colormap);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="${name}"` +
      ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${name}</title>`,
    ...drawBackground(
      picture,
      layout,
      grid.tiles.filter(({ tile }) => isTranslucent(tile)),
    ),
    ...(title ? [drawTitle(figure.title, layout, `${font}"${strip.fontSize}" ${ink}`)] : []),
    `<g transform="translate(${gridX} ${gridY})">`,
    ...(pixels === 'image'
      ? [PIXEL_STYLE + drawImage(grid, figure.colormap, grid.width * pixelSize, grid.height * pixelSize)]
      : drawPaths(grid, figure.colormap, pixelSize)),
    ...drawColorBars(layout, figure.colormap, `${font}"${layout.fontSize}" ${ink}`),
    '<g fill="none" pointer-events="all">',
    ...grid.tiles.map((placed) => drawTooltip(placed, pixelSize)),
    '</g>',
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawTooltip({ x, y, tile }: PlacedTile, pixelSize: number): string {
  const range = Number.isNaN(tile.min)
    ? 'no finite value'
    : `${formatValue(tile.min)} to ${formatValue(tile.max)}`;
  return (
    `<rect x="${x * pixelSize}" y="${y * pixelSize}" width="${tile.width * pixelSize}" height="${tile.height * pixelSize}">` +
    `<title>${escapeXml(tile.label ?? `channel ${tile.channel}`)}: ${range}</title></rect>`
  );
}
