import type { IdxFile } from '../mnistFiles';
import { type IdxArray, parseIdx } from '../parseIdx';
import { CopyError } from './CopyError';
import { orAborted } from './orAborted';

/**
 * Unpacks a copy of a file, gzipped or not, and makes sure that it is that file. What is wrong with a copy is looked for
 * from the outside in, so that the reason is the most telling one; the hash decides.
 *
 * @throws CopyError (the promise is rejected) if the copy is corrupt, truncated, oversized or another file.
 */
export async function readCopy(
  file: IdxFile,
  copy: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<IdxArray> {
  const bytes = isGzipped(copy) ? await unpack(file, copy, signal) : copy;
  const content = parse(bytes);
  if (bytes.length !== file.size) {
    throw new CopyError(
      `expected ${file.size} bytes, got ${bytes.length}, ${bytes.length < file.size ? 'truncated' : 'oversized'}`,
      'copy',
    );
  }
  const hash = await orAborted(crypto.subtle.digest('SHA-256', bytes), signal);
  const sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 !== file.sha256) {
    throw new CopyError(`expected the SHA-256 ${file.sha256}, got ${sha256}`, 'copy');
  }
  return content;
}

/** Whether a file begins as those of gzip do (RFC 1952, section 2.3.1). */
export function isGzipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function parse(bytes: Uint8Array): IdxArray {
  try {
    return parseIdx(bytes);
  } catch (cause) {
    const { message } = cause as RangeError;
    throw new CopyError(message.replace('bytes: ', ''), 'copy', { cause });
  }
}

/** Unpacks no more than the file's size: a small copy may unpack to more than the memory holds. */
async function unpack(
  file: IdxFile,
  copy: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Uint8Array(file.size);
  let length = 0;
  const reader = new Blob([copy]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const read = () =>
    reader.read().catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CopyError(
        `expected a whole gzip file of ${file.size} bytes, got one that is truncated or corrupt after ${length} (${reason})`,
        'copy',
        { cause },
      );
    });
  try {
    for (;;) {
      const { done, value } = await orAborted(read(), signal);
      if (done) return unpacked.subarray(0, length);
      if (length + value.length > file.size) {
        throw new CopyError(`expected ${file.size} bytes, got a gzip file of more, oversized`, 'copy');
      }
      unpacked.set(value, length);
      length += value.length;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
