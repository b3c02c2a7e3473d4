import { type CanvasLike, get2dContext } from '../../common/canvasLike';
import type { Rgba } from '../../common/parseColor';
import { layoutPicture } from '../grid/layoutPicture';
import type { Picture } from '../grid/preparePicture';
import { printableTitle } from '../grid/printableTitle';
import { rasterizeGrid } from '../grid/rasterizeGrid';

/** The largest canvas edge that today's browsers share. */
const LARGEST_EDGE = 16384;

/**
 * Sets a canvas to the size of a picture and paints it: title and colour bars on its background, and the grid pixel for
 * pixel.
 *
 * @param picture Its `pixelSize` is in device pixels.
 * @param scale Device pixels a CSS pixel, for the size of text.
 * @returns The size in device pixels.
 */
export function paintPicture(
  canvas: CanvasLike,
  picture: Picture,
  scale = 1,
): { width: number; height: number } {
  const { figure, pixelSize, background } = picture;
  const { rgba } = figure.colormap;
  const title = printableTitle(figure.title);
  const titles = picture.titles?.map(printableTitle) ?? [title];
  const context = get2dContext('canvas', canvas);
  const setFont = (size: number) => {
    context.font = `${size}px ${picture.fontFamily}`;
  };
  const measureTitle = (size: number) => {
    setFont(size);
    return Math.max(...titles.map((each) => context.measureText(each).width));
  };
  const { width, height, grid, strip, gridX, gridY, fontSize, boxes, labels } = layoutPicture(
    figure,
    picture.grid,
    pixelSize,
    picture.colorBar,
    picture.title ? measureTitle : undefined,
    scale,
  );
  if (width > LARGEST_EDGE || height > LARGEST_EDGE) {
    throw new RangeError(
      `pixelSize: expected one for which the picture fits a canvas of ${LARGEST_EDGE} × ${LARGEST_EDGE} pixels, got ${pixelSize}${scale === 1 ? '' : ` device pixels at a devicePixelRatio of ${scale}`}, which makes it ${width} × ${height}`,
    );
  }

  const ink = toCss(picture.color);
  canvas.width = width;
  canvas.height = height;
  context.clearRect(0, 0, width, height);
  context.fillStyle = toCss(background);
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'alphabetic';
  const write = (text: string, x: number, y: number, align: string) => {
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  context.fillStyle = ink;
  if (picture.title) {
    setFont(strip.fontSize);
    write(title, width / 2, strip.baseline, 'center');
  }
  const pixels = rasterizeGrid(grid, figure.colormap, pixelSize, background);
  const image = context.createImageData(pixels.width, pixels.height);
  image.data.set(pixels.data);
  context.putImageData(image as never, gridX, gridY);
  setFont(fontSize);
  for (const { text, x, y, anchor } of labels) write(text, gridX + x, gridY + y, anchor);
  for (const { x, y, width, height, index } of boxes) {
    context.fillStyle =
      index === undefined ? ink : toCss([...rgba.subarray(index * 4, index * 4 + 4)] as unknown as Rgba);
    context.fillRect(gridX + x, gridY + y, width, height);
  }
  return { width, height };
}

function toCss([red, green, blue, alpha]: Rgba): string {
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}
