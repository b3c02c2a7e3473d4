import type { PixelImage } from '../common/types';
import { decodePng } from './decodePng';
import { findDamage } from './findDamage';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes an image file that has been read: by @napi-rs/canvas, and PNG by this package where that is missing.
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
  const cannotDecode = (cause?: unknown) =>
    new Error(`path: expected an image file, got ${JSON.stringify(path)}, which cannot be decoded`, {
      cause,
    });
  const canvas = await import('@napi-rs/canvas').catch((error: unknown) => ({ error }));
  if ('error' in canvas) {
    if (!isPng(bytes)) {
      throw new Error(
        'readImageFile: expected @napi-rs/canvas to decode anything but PNG with, got none; run: npm install @napi-rs/canvas',
        { cause: canvas.error },
      );
    }
    const picture = decodePng(bytes);
    if (!picture) throw cannotDecode();
    return picture;
  }
  const { createCanvas, loadImage } = canvas;
  const image = await loadImage(bytes).catch((cause: unknown) => {
    throw cannotDecode(cause);
  });
  if (!(image.width > 0 && image.height > 0)) {
    throw new Error(`path: expected an image file of at least 1 × 1 pixels, got ${JSON.stringify(path)}`);
  }
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return { width: image.width, height: image.height, data };
}

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, at) => bytes[at] === byte);
}
