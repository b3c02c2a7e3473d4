import { constants, inflateSync } from 'node:zlib';
import { crc32 } from '../common/crc32';
import { countBytes, readPngHeader } from './readPngHeader';

/**
 * Says what is wrong with a PNG file: walks the chunks to the last one, IEND, checks the sum that each ends with, and
 * counts the bytes that the pixels' part unpacks to (ISO/IEC 15948, sections 5.3, 7.2 and 10.1).
 *
 * @returns What follows "got this file, …" in a message; `undefined` if nothing was found.
 */
export function findPngDamage(file: Uint8Array): string | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packed: Uint8Array[] = [];
  let expected = 0;
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > file.length) break;
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (crc32(file.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return damaged(type);
    if (type === 'IHDR' && end - at === 25) expected = countBytes(readPngHeader(view, at + 8));
    if (type === 'IDAT') packed.push(file.subarray(at + 8, end - 4));
    if (type === 'IEND') return findMissingBytes(Buffer.concat(packed), expected);
    at = end;
  }
  return 'which has been cut off';
}

function damaged(type: string): string {
  return `whose part ${JSON.stringify(type)} is damaged`;
}

function findMissingBytes(packed: Uint8Array, expected: number): string | undefined {
  if (expected === 0) return undefined;
  try {
    const { length } = inflateSync(packed, {
      // What there is of a stream that ends too early.
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.min(expected, LARGEST),
    });
    return length < expected ? `whose part "IDAT" holds ${length} of ${expected} bytes` : undefined;
  } catch (error) {
    // More than enough: decoders leave the rest, and so do we.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    return damaged('IDAT');
  }
}

/** Bytes; no more are unpacked to be counted, whatever the header says. */
const LARGEST = 2 ** 31 - 1;
