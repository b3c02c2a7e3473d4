import { describeValue } from '../../common/errors';
import type { EncodedImage } from './EncodedImage';
import type { ImageName } from './ImageName';
import { largestFile } from './imageLimits';
import { describeOther, recognizeFormat } from './recognizeFormat';

/** The bytes of an image file, and what messages call it. */
export interface EncodedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: ImageName;
}

/**
 * Reads the bytes of an image file that the caller has, in whatever form.
 *
 * @param argument The argument that it came from.
 * @throws TypeError (the promise is rejected) if it is no bytes, or bytes that are no image file; RangeError if it is larger
 * than a file of so many pixels can be.
 */
export async function readEncodedImage(
  img: EncodedImage,
  argument: string,
  maxPixels: number,
): Promise<EncodedBytes> {
  const size = 'size' in img ? img.size : img.byteLength;
  const most = largestFile(maxPixels);
  const kind = describeValue(img);
  if (size > most) {
    throw new RangeError(
      `${argument}: expected an image file of at most ${most} bytes, got ${kind} of ${size}`,
    );
  }
  const bytes = await toBytes(img);
  if (!bytes || recognizeFormat(bytes) === undefined) {
    const other = bytes ? `${kind} of ${size} bytes, ${describeOther(bytes)}` : kind;
    throw new TypeError(
      `${argument}: expected the bytes of an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got ${other}; pass pixels as { width, height, data }`,
    );
  }
  return { bytes, name: { argument, got: `${kind} of ${size} bytes` } };
}

async function toBytes(img: EncodedImage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if ('size' in img) return new Uint8Array(await img.arrayBuffer());
  if (!ArrayBuffer.isView(img)) return unshare(new Uint8Array(img));
  const kind = Object.prototype.toString.call(img);
  const isBytes = kind === '[object Uint8Array]' || kind === '[object Uint8ClampedArray]';
  return isBytes ? unshare(new Uint8Array(img.buffer, img.byteOffset, img.byteLength)) : undefined;
}

/** Copies what other threads may write to, which no decoder takes. */
function unshare(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isShared = Object.prototype.toString.call(bytes.buffer) === '[object SharedArrayBuffer]';
  return isShared ? Uint8Array.from(bytes) : (bytes as Uint8Array<ArrayBuffer>);
}
