import { findCreateCanvas, get2dContext } from '../../common/canvasLike';
import type { PixelImage } from '../../common/types';
import type { ImageName } from './ImageName';
import type { ImageFormat } from './recognizeFormat';

/** What pages call the formats that are not called `image/` and their name. */
const TYPES: Readonly<Partial<Record<ImageFormat, string>>> = { SVG: 'image/svg+xml' };

/**
 * Decodes an image file that has been checked, in a page or a worker, by what the browser has for that.
 *
 * @returns RGBA bytes, not premultiplied.
 * @throws Error (the promise is rejected) naming the file if the browser cannot decode it.
 */
export async function decodeInPage(
  file: Uint8Array<ArrayBuffer>,
  format: ImageFormat,
  { argument, got }: ImageName,
): Promise<PixelImage> {
  const blob = new Blob([file], { type: TYPES[format] ?? `image/${format.toLowerCase()}` });
  const create = findCreateCanvas();
  if (!create || (format === 'SVG' && typeof document === 'undefined')) {
    throw new Error(`${argument}: expected a page to draw it in, got ${got} where there is none`);
  }
  try {
    return format === 'SVG' ? await drawSvg(blob, create) : await drawBitmap(blob, create);
  } catch (cause) {
    throw new Error(`${argument}: expected an image file, got ${got}, which cannot be decoded`, { cause });
  }
}

type Create = NonNullable<ReturnType<typeof findCreateCanvas>>;

async function drawBitmap(blob: Blob, create: Create): Promise<PixelImage> {
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
  try {
    return readPixels(bitmap, bitmap.width, bitmap.height, create);
  } finally {
    bitmap.close();
  }
}

/** Browsers make no bitmaps of SVG files. */
async function drawSvg(blob: Blob, create: Create): Promise<PixelImage> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return readPixels(image, image.naturalWidth, image.naturalHeight, create);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function readPixels(image: unknown, width: number, height: number, create: Create): PixelImage {
  const context = get2dContext('img', create(width, height));
  context.drawImage(image as never, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
