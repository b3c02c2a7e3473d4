import { type CreateCanvas, findCreateCanvas, get2dContext } from '../common/canvasLike';
import { describeValue } from '../common/errors';
import type { PixelImage } from '../common/types';
import { MAX_PIXELS } from './files/imageLimits';
import type { DrawableImage } from './ImageInput';

/** What {@link isDrawable} lets through. */
interface Drawable {
  readonly width: number;
  readonly height: number;
  readonly videoWidth?: number;
  readonly videoHeight?: number;
  readonly naturalWidth?: number;
  readonly naturalHeight?: number;
  readonly getContext?: unknown;
}

/**
 * Reads the pixels of something that a page can draw, in its own size, whatever size the page shows it in.
 *
 * @param maxPixels What it may have at the most.
 * @param createCanvas Makes a canvas where there is no page to do so, and `img` is none itself.
 * @returns RGBA, not premultiplied.
 * @throws RangeError if it has not been loaded, or has too many pixels; TypeError if there is no canvas, or none that can draw
 * it; Error if the page may not read it because it comes from another origin.
 */
export function readDrawable(
  img: DrawableImage,
  maxPixels = MAX_PIXELS,
  createCanvas?: CreateCanvas,
): PixelImage {
  const source = img as unknown as Drawable;
  const width = source.videoWidth ?? source.naturalWidth ?? source.width;
  const height = source.videoHeight ?? source.naturalHeight ?? source.height;
  if (!(width > 0 && height > 0)) {
    throw new RangeError(`img: expected something loaded, at least 1 × 1 pixels, got ${width} × ${height}`);
  }
  if (width * height > maxPixels) {
    throw new RangeError(
      `img: expected at most ${maxPixels} pixels, got ${width} × ${height}; draw it on a smaller canvas first`,
    );
  }
  const create = findCreateCanvas() ?? nodeCanvasOf(source) ?? createCanvas;
  if (!create) {
    throw new TypeError(
      'img: expected pixels such as { width, height, data } where there is no canvas to draw with',
    );
  }
  const context = get2dContext('img', create(width, height));
  try {
    context.drawImage(img as never, 0, 0);
  } catch (cause) {
    throw new TypeError(`img: expected an image that the canvas here can draw, got ${describeValue(img)}`, {
      cause,
    });
  }
  try {
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, data };
  } catch (cause) {
    throw new Error('img: expected an image that the page may read, got one from another origin', { cause });
  }
}

/** Canvases made for Node make their like. */
function nodeCanvasOf(source: Drawable): ((width: number, height: number) => never) | undefined {
  if (typeof source.getContext !== 'function') return undefined;
  const Canvas = source.constructor as new (width: number, height: number) => never;
  return (width, height) => new Canvas(width, height);
}
