import type { Buffer } from 'node:buffer';
import { loadModule } from '../../common/files/loadModule';
import { countBytes } from './readPngHeader';
import type { PngParts } from './readPngParts';

/**
 * Unpacks the filtered rows of a PNG file, each with its filter's number before it, and no more than the header promises.
 * In Node.
 *
 * @returns What there is; or what is wrong, as what follows "got this file, …" in a message.
 */
export async function unpackPngRows({ header, packed }: PngParts): Promise<Uint8Array | string> {
  const zlib = await loadModule<typeof import('node:zlib')>('node:zlib');
  const expected = countBytes(header);
  const whole = joinBytes(packed);
  try {
    const unpacked = zlib.inflateSync(whole, {
      // What there is of a stream that ends too early.
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
      maxOutputLength: expected,
      info: true,
    }) as Buffer | { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    const [rows, used] =
      'engine' in unpacked ? [unpacked.buffer, unpacked.engine.bytesWritten] : [unpacked, whole.length];
    if (rows.length < expected) return `whose part "IDAT" holds ${rows.length} of ${expected} bytes`;
    if (used < whole.length)
      return `whose part "IDAT" goes on for ${whole.length - used} bytes after its end`;
    return rows;
  } catch (error) {
    const isMore = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isMore ? `whose part "IDAT" holds more than ${expected} bytes` : 'whose part "IDAT" is damaged';
  }
}

/** Puts pieces together. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
