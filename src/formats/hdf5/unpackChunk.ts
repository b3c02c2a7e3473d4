import { unzlibSync } from 'fflate';
import type { Filter } from './readFilters';

/** Of what is written by h5py by a name that people know. */
const NAMES: Readonly<Record<number, string>> = {
  4: 'szip',
  5: 'nbit',
  6: 'scaleoffset',
  32000: 'lzf',
  32001: 'blosc',
  32004: 'lz4',
  32015: 'zstd',
};

/**
 * Unpacks a piece.
 *
 * @param mask Has a bit for each of the filters that was left out.
 * @param size Bytes that it has unpacked.
 * @throws Error if it is damaged, or packed by a filter other than gzip, shuffle and fletcher32.
 */
export function unpackChunk(
  packed: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
): Uint8Array {
  const bytes = filters.reduceRight(
    (chunk, filter, index) => (mask & (1 << index) ? chunk : undo(chunk, filter, size)),
    packed,
  );
  if (bytes.length !== size) {
    throw new Error(`the HDF5 file is damaged: expected ${size} bytes of a piece, got ${bytes.length}`);
  }
  return bytes;
}

function undo(bytes: Uint8Array, { id, values }: Filter, size: number): Uint8Array {
  switch (id) {
    case 1:
      return inflate(bytes, size);
    case 2:
      return unshuffle(bytes, values[0] ?? 1);
    case 3:
      return checkFletcher32(bytes);
    default:
      throw new Error(
        `the HDF5 file is packed by ${NAMES[id] ?? `filter ${id}`}, which is not read; save it again with gzip, or unpacked`,
      );
  }
}

function inflate(bytes: Uint8Array, size: number): Uint8Array {
  try {
    // Four bytes more for a check sum that was packed too, and one to see that it is no more than that.
    return unzlibSync(bytes, { out: new Uint8Array(size + 5) });
  } catch (cause) {
    throw new Error(`the HDF5 file is damaged: ${(cause as Error).message}`, { cause });
  }
}

/** First bytes, second bytes and so on, each kind together, become values again; what is left over stays. */
function unshuffle(bytes: Uint8Array, valueSize: number): Uint8Array {
  const count = valueSize > 0 ? Math.floor(bytes.length / valueSize) : 0;
  const values = bytes.slice();
  for (let byte = 0, from = 0; byte < valueSize; byte++) {
    for (let to = byte; to < count * valueSize; to += valueSize) values[to] = bytes[from++]!;
  }
  return values;
}

/** Two sums of numbers of 16 bits, modulo 65535, stand at the end (H5_checksum_fletcher32 of HDF5). */
function checkFletcher32(bytes: Uint8Array): Uint8Array {
  const length = bytes.length - 4;
  if (length < 0) throw new Error('the HDF5 file is damaged: a piece has no check sum');
  let [first, second] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    first = (first + bytes[at]! * 256 + (at + 1 < length ? bytes[at + 1]! : 0)) % 65535;
    second = (second + first) % 65535;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sum = view.getUint32(length, true);
  if ((sum >>> 16) % 65535 !== second || (sum & 0xffff) % 65535 !== first) {
    throw new Error('the HDF5 file is damaged: the check sum of a piece is another');
  }
  return bytes.subarray(0, length);
}
