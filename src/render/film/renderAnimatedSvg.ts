import { requireOptions } from '../../common/requireOptions';
import type { Figure, Tile } from '../../common/types';
import { layoutPicture, type PictureLayout } from '../grid/layoutPicture';
import { PICTURE_OPTIONS, type PictureOptions, preparePicture } from '../grid/preparePicture';
import { drawBackground, findTranslucent } from '../svg/drawBackground';
import { drawColorBars } from '../svg/drawColorBars';
import { drawImage, PIXEL_STYLE } from '../svg/drawImage';
import { drawTitle } from '../svg/drawTitle';
import { escapeXml } from '../svg/escapeXml';
import { estimateWidth } from '../svg/estimateWidth';
import { fill } from '../svg/shapes';
import { animate, type Shown } from './animate';
import { FILM_OPTIONS, type FilmOptions, nameFigure, readFilm } from './FilmOptions';
import { findLifetimes } from './findLifetimes';

export interface RenderAnimatedSvgOptions extends PictureOptions, FilmOptions {}

/**
 * Renders figures as the frames of an animated SVG document, without a script. Where somebody has asked for less motion, and
 * in viewers that play nothing, it is a still of the last frame. A map that does not change from one frame to the next is in
 * it once.
 *
 * @param figures Of one size, such as those of one layer after each epoch or for several images.
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderAnimatedSvg(
  figures: readonly Figure[],
  options: RenderAnimatedSvgOptions = {},
): string {
  requireOptions(options, { ...PICTURE_OPTIONS, ...FILM_OPTIONS });
  const timing = readFilm(figures, options);
  const pictures = figures.map((figure, index) => nameFigure(index, () => preparePicture(figure, options)));
  const { pixelSize, title, colorBar, fontFamily, color, background } = pictures[0]!;
  const measureTitle = (size: number) =>
    Math.max(...figures.map((figure) => estimateWidth(figure.title, size)));
  const layouts = pictures.map(({ figure, grid }) =>
    layoutPicture(figure, grid, pixelSize, colorBar, title ? measureTitle : undefined),
  );
  requireAlike(layouts);
  const layout = layouts[0]!;
  const { width, height, strip, gridX, gridY, grid } = layout;
  const font = `font-family="${escapeXml(fontFamily)}" ${fill(color)} font-size=`;

  const frames = layouts.map((each, index) => {
    const figure = figures[index]!;
    return { ...each, figure, isTranslucent: findTranslucent(figure.colormap) };
  });
  const maps = findLifetimes(
    frames.map(({ grid: { tiles }, figure }) => tiles.map((placed) => ({ placed, figure }))),
    (one, next) => one.figure.colormap === next.figure.colormap && isAlike(one.placed.tile, next.placed.tile),
  ).map(({ parts, ...when }): Shown => {
    const tiles = parts.map(({ placed }) => placed);
    const { colormap } = parts[0]!.figure;
    return {
      ...when,
      svg: drawImage({ ...grid, tiles }, colormap, grid.width * pixelSize, grid.height * pixelSize),
    };
  });
  const titles = showTexts(
    frames.map(({ figure }) =>
      title ? [drawTitle(figure.title, layout, `${font}"${strip.fontSize}"`)] : [],
    ),
  );
  const bars = showTexts(
    frames.map((frame) => drawColorBars(frame, frame.figure.colormap, `${font}"${frame.fontSize}"`)),
  );
  const { parts, style } = animate([...titles, ...maps, ...bars], timing);
  const holes = grid.tiles.filter((_, index) =>
    frames.some((frame) => frame.isTranslucent(frame.grid.tiles[index]!.tile)),
  );
  const names = [...new Set([figures[0]!.title, figures.at(-1)!.title])];
  const name = escapeXml(names.join(' to '));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="${name}"` +
      ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${name}</title>`,
    PIXEL_STYLE + style,
    ...drawBackground({ pixelSize, background }, layout, holes),
    ...parts.slice(0, titles.length),
    `<g transform="translate(${gridX} ${gridY})">`,
    ...parts.slice(titles.length),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Texts that come and go as a whole, frame by frame. */
function showTexts(frames: readonly (readonly string[])[]): Shown[] {
  const texts = frames.map((lines) => [lines.join('\n')]);
  const lifetimes = findLifetimes(texts, (one, next) => one === next);
  return lifetimes
    .map(({ parts, ...when }): Shown => ({ ...when, svg: parts.join('\n') }))
    .filter(({ svg }) => svg !== '');
}

function isAlike(one: Tile, next: Tile): boolean {
  return (
    areSame(one.indices, next.indices) && areSame(one.missing, next.missing) && areSame(one.rgb, next.rgb)
  );
}

function areSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return (
    one === other ||
    (one?.length === other?.length && one?.every((value, at) => value === other![at]) === true)
  );
}

function requireAlike(layouts: readonly PictureLayout[]): void {
  const describe = ({ width, height, grid }: PictureLayout) =>
    `${grid.tiles.length} maps in a picture of ${width} × ${height} pixels`;
  const placesOf = ({ grid }: PictureLayout) =>
    String(grid.tiles.map(({ x, y, tile }) => [x, y, tile.width, tile.height]));
  const [first] = layouts as [PictureLayout];
  const other = layouts.findIndex(
    (layout) => describe(layout) !== describe(first) || placesOf(layout) !== placesOf(first),
  );
  if (other < 0) return;
  throw new RangeError(
    `figures[${other}]: expected ${describe(first)} like the first, in the same places, got ${describe(layouts[other]!)}`,
  );
}
