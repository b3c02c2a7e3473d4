import type { PixelImage } from '../image/ImageInput';
import { findDamage } from './findDamage';

/**
 * Decodes an image file that has been read.
 *
 * @param path What it is called in messages.
 * @returns RGBA bytes, not premultiplied.
 * @throws Error (the promise is rejected) naming the path if the file is no image or is damaged, and one that says what to install if
 * the decoder is missing.
 */
export async function decodeImageFile(bytes: Uint8Array, path: string): Promise<PixelImage> {
  const damage = findDamage(bytes);
  if (damage !== undefined) {
    throw new Error(`path: expected a whole image file, got ${JSON.stringify(path)}, ${damage}`);
  }
  const { createCanvas, loadImage } = await import('@napi-rs/canvas').catch((cause: unknown) => {
    throw new Error(
      'readImageFile: expected @napi-rs/canvas to decode with, got none; run: npm install @napi-rs/canvas',
      { cause },
    );
  });
  const image = await loadImage(bytes).catch((cause: unknown) => {
    throw new Error(`path: expected an image file, got ${JSON.stringify(path)}, which cannot be decoded`, {
      cause,
    });
  });
  if (!(image.width > 0 && image.height > 0)) {
    throw new Error(`path: expected an image file of at least 1 × 1 pixels, got ${JSON.stringify(path)}`);
  }
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return { width: image.width, height: image.height, data };
}
