import { readFile } from 'node:fs/promises';
import { requireString } from '../common/errors';
import { reasonOf } from '../common/files/reasonOf';
import type { PixelImage } from '../common/types';
import { decodeImageFile } from './decodeImageFile';

/**
 * Reads an image file: PNG, JPEG, WebP, AVIF, GIF, BMP or SVG. Decoding is done by @napi-rs/canvas, an optional peer
 * dependency that the app installs; where it is missing, PNG files can be read.
 *
 * @returns RGBA bytes, not premultiplied.
 * @throws TypeError (the promise is rejected) if `path` is no path; Error naming the path if the file cannot be read, is no image or is damaged, and one that says
 * what to install if the decoder is missing.
 */
export async function readImageFile(path: string): Promise<PixelImage> {
  requireString('path', path);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(
      `path: expected an image file that can be read, got ${JSON.stringify(path)} (${reasonOf(cause)})`,
      { cause },
    );
  });
  return decodeImageFile(bytes, path);
}
