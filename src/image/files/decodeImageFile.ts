import { isNode } from '../../common/isNode';
import type { PixelImage } from '../../common/types';
import type { ImageName } from './ImageName';
import { requireImageFile } from './requireImageFile';

/**
 * Decodes an image file that has been read, by what there is here: the browser's decoders, or in Node fast-png for PNG and
 * @napi-rs/canvas for others.
 *
 * @param maxPixels What it may have at the most, by what its header says before anything is allocated.
 * @returns RGBA bytes, not premultiplied.
 * @throws Error (the promise is rejected) naming the file if it is no image, is damaged or cannot be decoded; RangeError if
 * it has no pixels or too many.
 */
export async function decodeImageFile(
  file: Uint8Array<ArrayBuffer>,
  name: ImageName,
  maxPixels: number,
): Promise<PixelImage> {
  const format = requireImageFile(file, name, maxPixels);
  // Deno has what makes bitmaps, but no canvas to read them with; jsdom has a document, but nothing that makes bitmaps.
  const isPage = typeof createImageBitmap === 'function' && !(isNode() && typeof document === 'undefined');
  if (isPage) return (await import('./decodeInPage')).decodeInPage(file, format, name);
  return (await import('./decodeInNode')).decodeInNode(file, format, name);
}
