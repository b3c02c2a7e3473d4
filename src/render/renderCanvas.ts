import {
  type CanvasLike,
  type CreateCanvas,
  findCreateCanvas,
  type OverloadedCreateCanvas,
} from '../canvas/canvasLike';
import { paintPicture } from '../canvas/paintPicture';
import { parseColor } from '../color/parseColor';
import { describeValue, requireBoolean, requireOptions, requireString } from '../errors';
import { choosePixelSize, layoutGrid, requirePixelSize } from '../grid/layoutGrid';
import type { Figure } from '../types';

export type { CanvasLike, CreateCanvas };

export interface RenderCanvasOptions<Canvas extends CanvasLike = CanvasLike> {
  /** A canvas to draw into; it gets the size of the picture. Without one, a new one is made. */
  canvas?: Canvas | undefined;
  /**
   * Makes the new canvas: `createCanvas` of @napi-rs/canvas, for example.
   * @defaultValue an element of the page, or an `OffscreenCanvas` in a worker
   */
  createCanvas?: CreateCanvas<Canvas> | undefined;
  /**
   * Edge of the square that shows one value, in CSS pixels.
   * @defaultValue what brings the figure near 900 pixels, at most 16
   */
  pixelSize?: number | undefined;
  /**
   * Space between the maps, in cells of `pixelSize` pixels.
   * @defaultValue the figure's own
   */
  gap?: number | undefined;
  /**
   * Whether the title is drawn above the maps.
   * @defaultValue true
   */
  title?: boolean | undefined;
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
  /**
   * Device pixels a CSS pixel. A value is drawn as a whole number of device pixels, so that it stays sharp.
   * @defaultValue that of the page; 1 where there is none
   */
  devicePixelRatio?: number | undefined;
}

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
export function renderCanvas<Canvas extends CanvasLike>(
  figure: Figure,
  options: RenderCanvasOptions<Canvas> = {},
): Canvas {
  requireOptions(options);
  const {
    gap,
    title = true,
    background = 'white',
    color = 'black',
    fontFamily = 'system-ui, sans-serif',
  } = options;
  const grid = layoutGrid(figure, gap);
  const { pixelSize = choosePixelSize(grid), devicePixelRatio = globalThis.devicePixelRatio ?? 1 } = options;
  requirePixelSize(grid, pixelSize);
  requireBoolean('title', title);
  requireString('fontFamily', fontFamily);
  if (!(devicePixelRatio > 0 && Number.isFinite(devicePixelRatio))) {
    throw new RangeError(
      `devicePixelRatio: expected a positive number, got ${describeValue(devicePixelRatio)}`,
    );
  }
  const colors = { background: parseColor('background', background), color: parseColor('color', color) };

  const canvas = options.canvas ?? newCanvas(options.createCanvas);
  const painted = paintPicture(canvas, {
    grid,
    colormap: figure.colormap,
    pixelSize: Math.max(1, Math.round(pixelSize * devicePixelRatio)),
    title: title ? figure.title : undefined,
    fontFamily,
    scale: devicePixelRatio,
    ...colors,
  });
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
  return create(1, 1);
}
