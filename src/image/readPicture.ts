import type { CreateCanvas } from '../common/canvasLike';
import { loadModule } from '../common/files/loadModule';
import { isNode } from '../common/isNode';
import type { PixelImage } from '../common/types';
import { decodeImageFile } from './files/decodeImageFile';
import type { EncodedImage } from './files/EncodedImage';
import { requireMaxPixels } from './files/imageLimits';
import { readEncodedImage } from './files/readEncodedImage';
import type { DrawableImage } from './ImageInput';
import { isDrawable } from './isDrawable';
import { readDrawable } from './readDrawable';

/**
 * Reads the pixels of what is to be drawn or decoded for that.
 *
 * @returns RGBA bytes, not premultiplied.
 * @throws As {@link readDrawable} and {@link decodeImageFile} do (the promise is rejected).
 */
export async function readPicture(
  img: DrawableImage | EncodedImage,
  maxPixels?: number,
): Promise<PixelImage> {
  const most = requireMaxPixels(maxPixels);
  if (isDrawable(img)) {
    // An image that @napi-rs/canvas has loaded: no page, and no canvas whose like could be made.
    const isImage = isNode() && typeof document === 'undefined' && !('getContext' in img);
    return readDrawable(img, most, isImage ? await findNodeCanvas() : undefined);
  }
  const { bytes, name } = await readEncodedImage(img, 'img', most);
  return decodeImageFile(bytes, name, most);
}

/** What makes canvases in Node, where it is installed. */
async function findNodeCanvas(): Promise<CreateCanvas | undefined> {
  return loadModule<typeof import('@napi-rs/canvas')>('@napi-rs/canvas').then(
    ({ createCanvas }) => createCanvas as unknown as CreateCanvas,
    () => undefined,
  );
}
