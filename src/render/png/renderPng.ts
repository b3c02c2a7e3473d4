import { type CanvasLike, type CreateCanvas, findCreateCanvas } from '../../common/canvasLike';
import { requireCallback } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import type { Bytes, Figure } from '../../common/types';
import { drawPixels } from '../canvas/drawPixels';
import { requirePixelSize } from '../grid/layoutGrid';
import { PICTURE_OPTIONS, type PictureOptions, preparePicture } from '../grid/preparePicture';
import { encodeGrid } from './encodeGrid';
import { encodeRgba } from './encodeRgba';

export type { CanvasLike, CreateCanvas };

export interface RenderPngOptions extends PictureOptions {
  /**
   * Whether the title is drawn above the maps, which takes a canvas.
   * @defaultValue true where there is a canvas: `createCanvas`, the page's, or a worker's
   */
  title?: boolean | undefined;
  /** Makes the canvas that title and colour bars are drawn with: in Node, `createCanvas` of @napi-rs/canvas. */
  createCanvas?: CreateCanvas | undefined;
}

/**
 * Renders a figure as a PNG file. Its colours are exact: indexed where there are up to 256 of them, as for every
 * figure in viridis without text; the shades of text may take it to RGB.
 *
 * @returns The bytes of the file.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that cannot be drawn.
 */
export async function renderPng(figure: Figure, options: RenderPngOptions = {}): Promise<Bytes> {
  requireOptions(options, { ...PICTURE_OPTIONS, createCanvas: true });
  requireCallback('createCanvas', options.createCanvas);
  const { createCanvas = findCreateCanvas() } = options;
  const { title = createCanvas !== undefined } = options;
  const picture = preparePicture(figure, { ...options, title });
  const { grid, pixelSize, colorBar } = picture;
  requirePixelSize(grid, pixelSize);
  if (!title && !colorBar) return encodeGrid(grid, figure.colormap, pixelSize, picture.background, 1);

  return encodeRgba(drawPixels(picture, createCanvas), 6);
}
