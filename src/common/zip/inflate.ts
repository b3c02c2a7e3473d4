import { Inflate } from 'fflate';

/** Packed bytes that are read at a time: what they unpack to at once is a thousand times as large at the most. */
const STEP = 65_536;

/**
 * Unpacks a stream of DEFLATE.
 *
 * @param size Bytes that it must have, unpacked; it is read no further than to one more.
 * @throws Error saying what is wrong with it; RangeError if it is of another size.
 */
export function inflate(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) throw new RangeError(`expected ${size} bytes, got more`);
    bytes.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < packed.length; at += STEP) {
    stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  }
  if (length !== size) throw new RangeError(`expected ${size} bytes, got ${length}`);
  return bytes;
}
