import { Cursor, isNowhere } from './Cursor';
import type { Hdf5Source } from './Hdf5Source';
import { readFractalHeap } from './readFractalHeap';
import { findMessage, MESSAGE, type Message } from './readMessages';
import { readRecords } from './readRecords';

/** A name in a group, and the address of the object that it stands for. */
type Link = readonly [name: string, address: number];

/** What stands in a symbol table for a link to a name, which is not followed. */
const SYMBOLIC = 2;

/** Reads the links of a group, in whichever of the three ways they are kept. */
export function readLinks(source: Hdf5Source, messages: readonly Message[]): Link[] {
  const table = findMessage(messages, MESSAGE.symbolTable);
  if (table) return readSymbolTable(source, new Cursor(table));
  const links = messages.filter(({ type }) => type === MESSAGE.link).flatMap(({ body }) => readLink(body));
  const info = findMessage(messages, MESSAGE.linkInfo);
  if (!info) return links;
  const cursor = new Cursor(info);
  cursor.skip(1);
  if (cursor.u8() & 1) cursor.skip(8);
  const heapAddress = cursor.u64();
  const namesAddress = cursor.u64();
  if (isNowhere(heapAddress) || isNowhere(namesAddress)) return links;
  const heap = readFractalHeap(source, heapAddress);
  // A record is the hash of a name and where in the heap the link is.
  return readRecords(source, namesAddress).flatMap((record) => readLink(heap.find(record.subarray(4))));
}

/** Groups of old: a B-tree of nodes of names (format specification, III.A.1, III.B to III.D). */
function readSymbolTable(source: Hdf5Source, table: Cursor): Link[] {
  const root = table.u64();
  const heap = source.at(table.u64());
  heap.expect('HEAP');
  heap.skip(4);
  const size = heap.u64();
  heap.skip(8);
  const names = source.slice(heap.u64(), size);
  const links: Link[] = [];
  const open = [{ address: root, level: -1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = source.at(next.address);
    source.countItems(1);
    if (next.level === 0) {
      links.push(...readSymbols(source, node, names));
      continue;
    }
    node.expect('TREE');
    node.skip(1);
    // Of what is below a node of level 0, each is a list of names.
    const level = node.u8();
    if (next.level > 0 && level !== next.level - 1)
      throw new Error('the HDF5 file is damaged: a tree of groups has no order');
    const count = node.u16();
    node.skip(16);
    for (let index = 0; index < count; index++) {
      node.skip(8);
      open.push({ address: node.u64(), level });
    }
  }
  return links;
}

function readSymbols(source: Hdf5Source, node: Cursor, names: Uint8Array): Link[] {
  node.expect('SNOD');
  node.skip(2);
  const count = node.u16();
  source.countItems(count);
  const links: Link[] = [];
  for (let index = 0; index < count; index++) {
    const start = node.u64();
    const address = node.u64();
    const kind = node.u32();
    node.skip(20);
    if (kind === SYMBOLIC) continue;
    const end = names.indexOf(0, start);
    links.push([decodeName(names.subarray(start, end < 0 ? names.length : end)), address]);
  }
  return links;
}

/** A link by itself (IV.A.2.g); none if it leads to a name or into another file. */
function readLink(body: Uint8Array): Link[] {
  const cursor = new Cursor(body);
  cursor.skip(1);
  const flags = cursor.u8();
  const type = flags & 8 ? cursor.u8() : 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const name = decodeName(cursor.take(cursor.uint(2 ** (flags & 3))));
  return type === 0 ? [[name, cursor.u64()]] : [];
}

function decodeName(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
