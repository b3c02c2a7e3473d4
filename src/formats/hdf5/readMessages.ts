import { Cursor } from './Cursor';
import type { Hdf5Source } from './Hdf5Source';

/** A part of an object's header. */
export interface Message {
  readonly type: number;
  /** It lies elsewhere, for several objects at once. */
  readonly isShared: boolean;
  readonly body: Uint8Array;
}

/** Numbers of the messages that are read (format specification, IV.A.2). */
export const MESSAGE = {
  dataspace: 0x1,
  linkInfo: 0x2,
  datatype: 0x3,
  link: 0x6,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** Reads the header of an object, of either version, with all that it is continued by. */
export function readMessages(source: Hdf5Source, address: number): Message[] {
  const isNew = source.at(address).u8() !== 1;
  return isNew ? readNewHeader(source, address) : readOldHeader(source, address);
}

/** The first message of a type. */
export function findMessage(messages: readonly Message[], type: number): Uint8Array | undefined {
  const message = messages.find((each) => each.type === type);
  if (message?.isShared) {
    throw new Error(
      'the HDF5 file shares types between its objects, which is not read; save it again with h5py',
    );
  }
  return message?.body;
}

/** Version 1 (IV.A.1.a). */
function readOldHeader(source: Hdf5Source, address: number): Message[] {
  const header = source.at(address);
  header.skip(2);
  const count = header.u16();
  header.skip(4);
  const size = header.u32();
  const messages: Message[] = [];
  const blocks = [{ at: address + 16, size }];
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    const cursor = new Cursor(source.slice(block.at, block.size));
    while (cursor.left >= 8 && messages.length < count) {
      source.countItems(1);
      const type = cursor.u16();
      const length = cursor.u16();
      const flags = cursor.u8();
      cursor.skip(3);
      const message = { type, isShared: (flags & 2) !== 0, body: cursor.take(length) };
      messages.push(message);
      if (type === MESSAGE.continuation) blocks.push(readContinuation(message.body));
    }
  }
  return messages;
}

/** Version 2 (IV.A.1.b). */
function readNewHeader(source: Hdf5Source, address: number): Message[] {
  const header = source.at(address);
  header.expect('OHDR');
  const version = header.u8();
  if (version !== 2) throw new Error(`the HDF5 file has objects of version ${version}, which is not known`);
  const flags = header.u8();
  if (flags & 0x20) header.skip(16);
  if (flags & 0x10) header.skip(4);
  const orderSize = flags & 4 ? 2 : 0;
  const first = header.take(header.uint(2 ** (flags & 3)));
  const messages: Message[] = [];
  const blocks = [first];
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    const cursor = new Cursor(block);
    while (cursor.left >= 4 + orderSize) {
      source.countItems(1);
      const type = cursor.u8();
      const length = cursor.u16();
      const isShared = (cursor.u8() & 2) !== 0;
      cursor.skip(orderSize);
      const body = cursor.take(length);
      messages.push({ type, isShared, body });
      if (type !== MESSAGE.continuation) continue;
      const { at, size } = readContinuation(body);
      const next = source.at(at);
      next.expect('OCHK');
      // Behind the messages there is a check sum.
      blocks.push(next.take(size - 8));
    }
  }
  return messages;
}

function readContinuation(body: Uint8Array): { at: number; size: number } {
  const cursor = new Cursor(body);
  return { at: cursor.u64(), size: cursor.u64() };
}
