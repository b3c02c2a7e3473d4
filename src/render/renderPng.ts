import { type CanvasLike, type CreateCanvas, findCreateCanvas, get2dContext } from '../canvas/canvasLike';
import { paintPicture } from '../canvas/paintPicture';
import { parseColor } from '../color/parseColor';
import { describeValue, requireBoolean, requireOptions, requireString } from '../errors';
import { choosePixelSize, layoutGrid, requirePixelSize } from '../grid/layoutGrid';
import { encodeGrid } from '../png/encodeGrid';
import { encodeRgba } from '../png/encodeRgba';
import type { Figure } from '../types';

export type { CanvasLike, CreateCanvas };

export interface RenderPngOptions {
  /**
   * Edge of the square that shows one value, in pixels.
   * @defaultValue what brings the figure near 900 pixels, at most 16
   */
  pixelSize?: number | undefined;
  /**
   * Space between the maps, in cells of `pixelSize` pixels.
   * @defaultValue the figure's own
   */
  gap?: number | undefined;
  /**
   * Whether the title is drawn above the maps, which takes a canvas.
   * @defaultValue true where there is a canvas: `createCanvas`, the page's, or a worker's
   */
  title?: boolean | undefined;
  /** Makes the canvas that the title is drawn with: in Node, `createCanvas` of @napi-rs/canvas. */
  createCanvas?: CreateCanvas | undefined;
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
 * Renders a figure as a PNG file. Its colours are exact: indexed where there are up to 256 of them, as for every
 * figure in viridis without a title; the shades of a title may take it to RGB.
 *
 * @returns The bytes of the file.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that cannot be drawn.
 */
export async function renderPng(
  figure: Figure,
  options: RenderPngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  requireOptions(options);
  const { gap, background = 'white', color = 'black', fontFamily = 'system-ui, sans-serif' } = options;
  const { createCanvas = findCreateCanvas() } = options;
  const { title = createCanvas !== undefined } = options;
  const grid = layoutGrid(figure, gap);
  const { pixelSize = choosePixelSize(grid) } = options;
  requirePixelSize(grid, pixelSize);
  requireBoolean('title', title);
  requireString('fontFamily', fontFamily);
  const colors = { background: parseColor('background', background), color: parseColor('color', color) };
  if (!title) return encodeGrid(grid, figure.colormap, pixelSize, colors.background, 1);

  if (typeof createCanvas !== 'function') {
    throw new TypeError(
      `createCanvas: expected a function (width, height) => canvas to draw the title with, got ${describeValue(createCanvas)}`,
    );
  }
  const canvas = createCanvas(1, 1);
  const picture = {
    grid,
    colormap: figure.colormap,
    pixelSize,
    title: figure.title,
    fontFamily,
    scale: 1,
    ...colors,
  };
  const { width, height } = paintPicture(canvas, picture);
  const { data } = get2dContext('createCanvas', canvas).getImageData(0, 0, width, height);
  return encodeRgba({ width, height, data: new Uint8ClampedArray(data) }, 6);
}
