import { findPngDamage } from './findPngDamage';

/**
 * Says what is wrong with an image file that has been cut off or changed on its way: decoders draw what they have of it
 * and keep silent. Knows PNG, JPEG, GIF, WebP and BMP; other files pass. Only PNG has check sums: a changed byte among the
 * pixels of the others is not found, such as one in the scan of a JPEG, which then decodes to other pixels.
 *
 * @returns What follows "got this file, …" in a message; `undefined` if nothing was found.
 */
export function findDamage(file: Uint8Array): string | undefined {
  const format = FORMATS.find(({ signature }) =>
    signature.every((byte, at) => byte < 0 || file[at] === byte),
  );
  return format?.findDamage(file);
}

interface Format {
  /** The file's first bytes; -1 is any. */
  readonly signature: readonly number[];
  readonly findDamage: (file: Uint8Array) => string | undefined;
}

const CUT_OFF = 'which has been cut off';

const FORMATS: readonly Format[] = [
  { signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], findDamage: findPngDamage },
  { signature: [0xff, 0xd8], findDamage: findJpegDamage },
  {
    signature: [0x47, 0x49, 0x46, 0x38],
    findDamage: (file) => (file.includes(0x3b, -16) ? undefined : CUT_OFF),
  },
  {
    signature: [0x52, 0x49, 0x46, 0x46, -1, -1, -1, -1, 0x57, 0x45, 0x42, 0x50],
    findDamage: (file) => (8 + readSize(file, 4) > file.length ? CUT_OFF : undefined),
  },
  {
    signature: [0x42, 0x4d],
    findDamage: (file) => (readSize(file, 2) > file.length ? CUT_OFF : undefined),
  },
];

/** Walks the segments, skipping the compressed data between them, to the end of the image (ISO/IEC 10918-1, annex B). */
function findJpegDamage(file: Uint8Array): string | undefined {
  const [stuffed, end] = [0x00, 0xd9];
  for (let at = 2; at + 1 < file.length; ) {
    const marker = file[at + 1]!;
    const isRestart = marker >= 0xd0 && marker <= 0xd7;
    if (file[at] !== 0xff || marker === 0xff || marker === stuffed || isRestart) {
      at += file[at] === 0xff && marker !== 0xff ? 2 : 1;
      continue;
    }
    if (marker === end) return undefined;
    const length = at + 3 < file.length ? (file[at + 2]! << 8) | file[at + 3]! : 2;
    at += 2 + length;
  }
  return CUT_OFF;
}

function readSize(file: Uint8Array, at: number): number {
  if (at + 4 > file.length) return Number.POSITIVE_INFINITY;
  return new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(at, true);
}
