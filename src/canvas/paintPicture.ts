import type { Rgba } from '../color/parseColor';
import type { Grid } from '../grid/layoutGrid';
import { printableTitle } from '../grid/printableTitle';
import { rasterizeGrid } from '../grid/rasterizeGrid';
import { layoutTitle, noTitle } from '../grid/titleStrip';
import type { Colormap } from '../types';
import { type CanvasLike, get2dContext } from './canvasLike';

/** What is painted, all sizes in device pixels. */
export interface Picture {
  readonly grid: Grid;
  readonly colormap: Colormap;
  readonly pixelSize: number;
  /** `undefined` for none. */
  readonly title: string | undefined;
  readonly fontFamily: string;
  /** Device pixels a CSS pixel, for the size of the title. */
  readonly scale: number;
  readonly background: Rgba;
  readonly color: Rgba;
}

/** The largest canvas edge that today's browsers share. */
const LARGEST_EDGE = 16384;

/**
 * Sets a canvas to the size of a picture and paints it: the title on its background, and the grid pixel for pixel.
 *
 * @returns The size in device pixels.
 */
export function paintPicture(canvas: CanvasLike, picture: Picture): { width: number; height: number } {
  const { grid, pixelSize, scale, background } = picture;
  const title = picture.title === undefined ? undefined : printableTitle(picture.title);
  const gridWidth = grid.width * pixelSize;
  const gridHeight = grid.height * pixelSize;
  const context = get2dContext('canvas', canvas);
  const fontOf = (size: number) => `${size}px ${picture.fontFamily}`;
  const strip =
    title === undefined
      ? noTitle(gridWidth)
      : layoutTitle(
          gridWidth,
          (size) => {
            context.font = fontOf(size);
            return context.measureText(title).width;
          },
          scale,
        );
  const width = strip.width;
  const height = strip.height + gridHeight;
  if (width > LARGEST_EDGE || height > LARGEST_EDGE) {
    throw new RangeError(
      `pixelSize: expected one for which the picture fits a canvas of ${LARGEST_EDGE} × ${LARGEST_EDGE} pixels, got ${pixelSize}${scale === 1 ? '' : ` device pixels at a devicePixelRatio of ${scale}`}, which makes it ${width} × ${height}`,
    );
  }

  canvas.width = width;
  canvas.height = height;
  context.clearRect(0, 0, width, height);
  context.fillStyle = toCss(background);
  context.fillRect(0, 0, width, height);
  if (title !== undefined) {
    context.fillStyle = toCss(picture.color);
    context.font = fontOf(strip.fontSize);
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillText(title, width / 2, strip.baseline);
  }
  const pixels = rasterizeGrid(grid, picture.colormap, pixelSize, background);
  const image = context.createImageData(gridWidth, gridHeight);
  image.data.set(pixels.data);
  context.putImageData(image as never, strip.gridX, strip.height);
  return { width, height };
}

function toCss([red, green, blue, alpha]: Rgba): string {
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}
