import { Cursor, isNowhere } from './Cursor';
import { decodeNumbers } from './decodeNumbers';
import type { Hdf5Type } from './Hdf5';
import type { Hdf5Source } from './Hdf5Source';

/** Decodes the values of an attribute; `undefined` for those that are only bytes. */
export function decodeValues(
  source: Hdf5Source,
  bytes: Uint8Array,
  type: Hdf5Type,
): number[] | string[] | undefined {
  const count = type.size === 0 ? 0 : bytes.length / type.size;
  source.countItems(count);
  if (type.name === 'opaque') return undefined;
  if (type.name === 'string') {
    return Array.from({ length: count }, (_, index) =>
      decodeText(source, bytes.subarray(index * type.size, (index + 1) * type.size)),
    );
  }
  if (type.name === 'text') {
    const cursor = new Cursor(bytes);
    return Array.from({ length: count }, () =>
      decodeText(source, findInHeap(source, cursor.u32(), cursor.u64(), cursor.u32())),
    );
  }
  const numbers = new Float64Array(count);
  decodeNumbers(bytes, type, numbers);
  return [...numbers];
}

/** Texts end where there is a zero, and are filled up with them. */
function decodeText(source: Hdf5Source, bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  source.countUnpacked(text.length);
  return new TextDecoder().decode(text);
}

/** A text in a global heap. */
function findInHeap(source: Hdf5Source, length: number, address: number, index: number): Uint8Array {
  if (length === 0 || isNowhere(address) || address === 0) return new Uint8Array();
  const bytes = readGlobalHeap(source, address).get(index);
  if (!bytes) throw new Error('the HDF5 file is damaged: a text is nowhere');
  return bytes.subarray(0, length);
}

/** Format specification, III.E. */
function readGlobalHeap(source: Hdf5Source, address: number): Map<number, Uint8Array> {
  const known = source.heaps.get(address);
  if (known) return known;
  const heap = source.at(address);
  heap.expect('GCOL');
  heap.skip(4);
  const cursor = new Cursor(source.slice(address, heap.u64()));
  cursor.skip(16);
  const objects = new Map<number, Uint8Array>();
  source.heaps.set(address, objects);
  while (cursor.left >= 16) {
    source.countItems(1);
    const index = cursor.u16();
    cursor.skip(6);
    const size = cursor.u64();
    // What is left is free.
    if (index === 0) break;
    objects.set(index, cursor.take(size));
    cursor.skip(Math.min(-size & 7, cursor.left));
  }
  return objects;
}
