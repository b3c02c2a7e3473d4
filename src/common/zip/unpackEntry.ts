import { checkSum } from './checkSum';
import { inflate } from './inflate';
import type { ZipEntry } from './readZip';

/**
 * Unpacks an entry: never more than the size that it says it has.
 *
 * @returns A view of the file where the entry is stored as it is.
 * @throws RangeError whose message is the reason alone: it is damaged, of another size, or its CRC-32 is another.
 */
export function unpackEntry({ packed, isDeflated, size, crc }: ZipEntry): Uint8Array {
  const bytes = isDeflated ? unpack(packed, size) : packed;
  if (checkSum(bytes) !== crc) throw new RangeError('it is damaged: its check sum is another');
  return bytes;
}

function unpack(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflate(packed, size);
  } catch (cause) {
    throw new RangeError(`it is damaged: ${(cause as Error).message}`, { cause });
  }
}
