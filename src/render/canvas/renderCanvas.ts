import {
  type CanvasLike,
  type CreateCanvas,
  findCreateCanvas,
  get2dContext,
  type OverloadedCreateCanvas,
} from '../../common/canvasLike';
import { describeValue, requireCallback } from '../../common/errors';
import { requireOptions } from '../../common/requireOptions';
import type { Figure } from '../../common/types';
import { requirePixelSize } from '../grid/layoutGrid';
import { PICTURE_OPTIONS, type PictureOptions, preparePicture } from '../grid/preparePicture';
import { paintPicture } from './paintPicture';

export type { CanvasLike, CreateCanvas };

export interface RenderCanvasOptions<Canvas extends CanvasLike = CanvasLike> extends PictureOptions {
  /** A canvas to draw into; it gets the size of the picture. Without one, a new one is made. */
  canvas?: Canvas | undefined;
  /**
   * Makes the new canvas: `createCanvas` of @napi-rs/canvas, for example.
   * @defaultValue an element of the page, or an `OffscreenCanvas` in a worker
   */
  createCanvas?: CreateCanvas<Canvas> | undefined;
  /**
   * Device pixels a CSS pixel. A value is drawn as a whole number of device pixels, so that it stays sharp.
   * @defaultValue that of the page; 1 where there is none
   */
  devicePixelRatio?: number | undefined;
}

/** Device pixels a CSS pixel at the most: far beyond any screen, magnified or not. */
const LARGEST_RATIO = 1000;

/**
 * Draws a figure with its title on a canvas: sharp squares, in device pixels.
 *
 * @returns The canvas given, or the new one. On a page its CSS size is set too.
 * @throws TypeError or RangeError naming the argument that cannot be drawn, before anything is changed.
 */
export function renderCanvas<Canvas extends CanvasLike = HTMLCanvasElement>(
  figure: Figure,
  options?: RenderCanvasOptions<Canvas>,
): Canvas;
export function renderCanvas<Canvas extends CanvasLike>(
  figure: Figure,
  options: Omit<RenderCanvasOptions<Canvas>, 'createCanvas'> & {
    createCanvas: OverloadedCreateCanvas<Canvas>;
  },
): Canvas;
// TypeScript reads what a function puts out off its last form, where the function itself is handed in as the `renderer`.
export function renderCanvas(figure: Figure, options?: RenderCanvasOptions): HTMLCanvasElement;
export function renderCanvas<Canvas extends CanvasLike>(
  figure: Figure,
  options: RenderCanvasOptions<Canvas> = {},
): Canvas {
  requireOptions(options, { ...PICTURE_OPTIONS, canvas: true, createCanvas: true, devicePixelRatio: true });
  requireCallback('createCanvas', options.createCanvas);
  const picture = preparePicture(figure, options);
  const { devicePixelRatio = globalThis.devicePixelRatio ?? 1 } = options;
  requirePixelSize(picture.grid, picture.pixelSize);
  const isRatio = typeof devicePixelRatio === 'number' && devicePixelRatio > 0;
  if (!isRatio || devicePixelRatio > LARGEST_RATIO) {
    throw new RangeError(
      `devicePixelRatio: expected a number above 0 and at most ${LARGEST_RATIO}, got ${describeValue(devicePixelRatio)}`,
    );
  }

  const canvas = options.canvas ?? newCanvas(options.createCanvas);
  const pixelSize = Math.max(1, Math.round(picture.pixelSize * devicePixelRatio));
  const painted = paintPicture(canvas, { ...picture, pixelSize }, devicePixelRatio);
  if ('style' in canvas) {
    const style = canvas.style as { width: string; height: string };
    style.width = `${painted.width / devicePixelRatio}px`;
    style.height = `${painted.height / devicePixelRatio}px`;
  }
  return canvas;
}

function newCanvas<Canvas extends CanvasLike>(createCanvas?: CreateCanvas<Canvas>): Canvas {
  const create = createCanvas ?? (findCreateCanvas() as CreateCanvas<Canvas> | undefined);
  if (typeof create !== 'function') {
    throw new TypeError(
      `createCanvas: expected a function (width, height) => canvas, such as createCanvas of @napi-rs/canvas, got ${describeValue(create)}`,
    );
  }
  const canvas = create(1, 1);
  get2dContext('createCanvas', canvas);
  return canvas;
}
