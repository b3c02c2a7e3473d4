import { Inflate } from 'fflate';
import { crc32 } from '../../common/crc32';
import type { ZipEntry } from './readZip';

/** Packed bytes that are read at a time: what they unpack to at once is a thousand times as large at the most. */
const STEP = 4096;

/**
 * Unpacks an entry: never more than the size that it says it has.
 *
 * @throws RangeError whose message is the reason alone: it is damaged, of another size, or its CRC-32 is another.
 */
export function unpackEntry({ packed, isDeflated, size, crc }: ZipEntry): Uint8Array {
  const bytes = isDeflated ? inflate(packed, size) : packed;
  if (crc32(bytes) !== crc) throw new RangeError('it is damaged: its check sum is another');
  return bytes;
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) throw new RangeError(`expected ${size} bytes, got more`);
    bytes.set(chunk, length);
    length += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += STEP) {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch (cause) {
    throw new RangeError(`it is damaged: ${(cause as Error).message}`, { cause });
  }
  if (length !== size) throw new RangeError(`it is damaged: expected ${size} bytes, got ${length}`);
  return bytes;
}
