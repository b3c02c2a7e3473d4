import { Cursor, isNowhere } from './Cursor';
import { decodeValues } from './decodeValues';
import type { Hdf5Value } from './Hdf5';
import type { Hdf5Source } from './Hdf5Source';
import { countValues, readDataspace } from './readDataspace';
import { readDatatype } from './readDatatype';
import { readFractalHeap } from './readFractalHeap';
import { findMessage, MESSAGE, type Message } from './readMessages';
import { readRecords } from './readRecords';

/** Reads the attributes of an object, those apart from its header too, which it has many of. */
export function readAttributes(source: Hdf5Source, messages: readonly Message[]): Map<string, Hdf5Value> {
  const bodies = messages.filter(({ type, isShared }) => type === MESSAGE.attribute && !isShared);
  const attributes = new Map<string, Hdf5Value>();
  for (const body of [...bodies.map((message) => message.body), ...readDense(source, messages)]) {
    source.countItems(1);
    const [name, value] = readAttribute(source, body);
    if (value !== undefined) attributes.set(name, value);
  }
  return attributes;
}

function readDense(source: Hdf5Source, messages: readonly Message[]): Uint8Array[] {
  const info = findMessage(messages, MESSAGE.attributeInfo);
  if (!info) return [];
  const cursor = new Cursor(info);
  cursor.skip(1);
  if (cursor.u8() & 1) cursor.skip(2);
  const heapAddress = cursor.u64();
  const namesAddress = cursor.u64();
  if (isNowhere(heapAddress) || isNowhere(namesAddress)) return [];
  const heap = readFractalHeap(source, heapAddress);
  return readRecords(source, namesAddress).map((record) => heap.find(record.subarray(0, 8)));
}

/** Format specification, IV.A.2.m. */
function readAttribute(
  source: Hdf5Source,
  body: Uint8Array,
): readonly [name: string, value: Hdf5Value | undefined] {
  const cursor = new Cursor(body);
  const version = cursor.u8();
  const flags = cursor.u8();
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version > 2) cursor.skip(1);
  const take = (size: number) => {
    const bytes = cursor.take(size);
    // Of version 1, each part is filled up to eight bytes.
    if (version === 1) cursor.skip(-size & 7);
    return bytes;
  };
  const name = new TextDecoder().decode(take(nameSize)).replace(/\0.*$/s, '');
  const type = readDatatypeUnlessShared(take(typeSize), flags);
  const shape = readDataspace(take(spaceSize));
  if (!type || !shape) return [name, undefined];
  const values = decodeValues(source, cursor.take(countValues(shape) * type.size), type);
  return [name, shape.length === 0 ? values?.[0] : values];
}

function readDatatypeUnlessShared(body: Uint8Array, flags: number) {
  return flags & 1 ? undefined : readDatatype(body);
}
