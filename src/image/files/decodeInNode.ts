import { loadModule } from '../../common/files/loadModule';
import type { PixelImage } from '../../common/types';
import { decodePng } from './decodePng';
import type { ImageName } from './ImageName';
import { readPngParts } from './readPngParts';
import type { ImageFormat } from './recognizeFormat';

/**
 * Decodes an image file that has been checked, in Node: PNG by fast-png, whatever else is installed, so that a file has the
 * same pixels everywhere; others by @napi-rs/canvas.
 *
 * @returns RGBA bytes, not premultiplied.
 * @throws Error (the promise is rejected) naming the file if it cannot be decoded, and one that says what to install if the
 * decoder is missing.
 */
export async function decodeInNode(
  file: Uint8Array,
  format: ImageFormat,
  { argument, got }: ImageName,
): Promise<PixelImage> {
  const cannotDecode = (cause: unknown): never => {
    throw new Error(`${argument}: expected an image file, got ${got}, which cannot be decoded`, { cause });
  };
  if (format === 'PNG') {
    const parts = readPngParts(file);
    const picture = typeof parts === 'string' ? parts : await decodePng(parts).catch(cannotDecode);
    if (typeof picture !== 'string') return picture;
    throw new Error(`${argument}: expected a whole image file, got ${got}, ${picture}`);
  }
  const canvas = await loadModule<typeof import('@napi-rs/canvas')>('@napi-rs/canvas').catch(
    (error: unknown) => ({ error }),
  );
  if ('error' in canvas) {
    throw new Error(
      `${argument}: expected @napi-rs/canvas to decode anything but PNG with, got none for ${got}; run: npm install @napi-rs/canvas`,
      { cause: canvas.error },
    );
  }
  const { createCanvas, loadImage } = canvas;
  const image = await loadImage(file).catch(cannotDecode);
  const { width, height } = image;
  if (!(width > 0 && height > 0)) {
    throw new RangeError(
      `${argument}: expected an image file of at least 1 × 1 pixels, got ${got} of ${width} × ${height}`,
    );
  }
  try {
    const context = createCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, data };
  } catch (cause) {
    return cannotDecode(cause);
  }
}
