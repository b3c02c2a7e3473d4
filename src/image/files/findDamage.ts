import { findJpegDamage } from './findJpegDamage';
import { readPngParts } from './readPngParts';
import type { ImageFormat } from './recognizeFormat';

/**
 * Says what is wrong with an image file that has been cut off or changed on its way: decoders draw what they have of it
 * and keep silent. Only PNG has check sums: a changed byte among the pixels of the others is not found, such as one in the
 * scan of a JPEG, which then decodes to other pixels. AVIF and SVG pass.
 *
 * @returns What follows "got this file, …" in a message; `undefined` if nothing was found.
 */
export function findDamage(file: Uint8Array, format: ImageFormat): string | undefined {
  switch (format) {
    case 'PNG': {
      const parts = readPngParts(file);
      return typeof parts === 'string' ? parts : undefined;
    }
    case 'JPEG':
      return findJpegDamage(file);
    case 'GIF':
      return file.includes(0x3b, -16) ? undefined : CUT_OFF;
    case 'WebP':
      return 8 + readSize(file, 4) > file.length ? CUT_OFF : undefined;
    case 'BMP':
      return readSize(file, 2) > file.length ? CUT_OFF : undefined;
    default:
      return undefined;
  }
}

const CUT_OFF = 'which has been cut off';

function readSize(file: Uint8Array, at: number): number {
  if (at + 4 > file.length) return Number.POSITIVE_INFINITY;
  return new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(at, true);
}
