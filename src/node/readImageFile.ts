import { describeValue } from '../common/errors';
import { quotePath } from '../common/files/quotePath';
import { readRegularFile } from '../common/files/readRegularFile';
import { toFilePath } from '../common/files/toFilePath';
import type { PixelImage } from '../common/types';
import { decodeImageFile } from '../image/files/decodeImageFile';
import type { EncodedImage } from '../image/files/EncodedImage';
import { largestFile, requireMaxPixels } from '../image/files/imageLimits';
import { isEncodedImage } from '../image/files/isEncodedImage';
import { readEncodedImage } from '../image/files/readEncodedImage';

export interface ReadImageFileOptions {
  /**
   * How many pixels the image may have, by what its header says: checked before anything is allocated. From 1 to 2^28.
   * @defaultValue 33554432, which is 2^25
   */
  maxPixels?: number | undefined;
}

/**
 * Reads an image file: PNG, JPEG, WebP, AVIF, GIF, BMP or SVG. PNG is decoded by fast-png, others by @napi-rs/canvas, an
 * optional peer dependency that the app installs.
 *
 * @param source A path, a `file:` URL, or what the caller has read already: bytes, a `Blob` or a `File`.
 * @returns RGBA bytes, not premultiplied.
 * @throws Error (the promise is rejected) naming the path if the file cannot be read, is no image or is damaged, and one that says
 * what to install if the decoder is missing; RangeError if it has no pixels or too many; TypeError if `source` is neither.
 */
export async function readImageFile(
  source: string | URL | EncodedImage,
  options: ReadImageFileOptions = {},
): Promise<PixelImage> {
  const most = requireMaxPixels(options.maxPixels);
  if (typeof source === 'string' || source instanceof URL) {
    const path = await toFilePath('path', source);
    const bytes = await readRegularFile(path, 'an image file', largestFile(most));
    return decodeImageFile(bytes, { argument: 'path', got: quotePath(path) }, most);
  }
  if (typeof source !== 'object' || source === null || !isEncodedImage(source)) {
    throw new TypeError(
      `path: expected the path, the URL, the bytes or the Blob of an image file, got ${describeValue(source)}`,
    );
  }
  const { bytes, name } = await readEncodedImage(source, 'path', most);
  return decodeImageFile(bytes, name, most);
}
