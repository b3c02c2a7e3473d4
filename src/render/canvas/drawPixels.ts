import { type CreateCanvas, get2dContext } from '../../common/canvasLike';
import { describeValue } from '../../common/errors';
import type { RgbaImage } from '../../common/types';
import type { Picture } from '../grid/preparePicture';
import { rasterizeGrid } from '../grid/rasterizeGrid';
import { paintPicture } from './paintPicture';

/**
 * Draws a picture as pixels: by a canvas where it has text, otherwise the grid alone.
 *
 * @throws TypeError if there is text and no canvas to draw it with.
 */
export function drawPixels(picture: Picture, createCanvas: CreateCanvas | undefined): RgbaImage {
  const { figure, grid, pixelSize, background, title, colorBar } = picture;
  if (!title && !colorBar) return rasterizeGrid(grid, figure.colormap, pixelSize, background);
  if (typeof createCanvas !== 'function') {
    throw new TypeError(
      `createCanvas: expected a function (width, height) => canvas to draw the ${title ? 'title' : 'colour bar'} with, got ${describeValue(createCanvas)}`,
    );
  }
  const canvas = createCanvas(1, 1);
  const context = get2dContext('createCanvas', canvas);
  const { width, height } = paintPicture(canvas, picture);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: new Uint8ClampedArray(data) };
}
