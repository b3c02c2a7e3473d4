import type { Hdf5Source } from './Hdf5Source';

/** A node of a tree: where it is, and how many records it has itself. */
interface Node {
  readonly address: number;
  readonly count: number;
  readonly level: number;
}

/** Reads all records of a B-tree of version 2 (format specification, III.A.2). */
export function readRecords(source: Hdf5Source, address: number): Uint8Array[] {
  const header = source.at(address);
  header.expect('BTHD');
  header.skip(2);
  const nodeSize = header.u32();
  const recordSize = header.u16();
  const depth = header.u16();
  header.skip(2);
  const root = { address: header.u64(), count: header.u16(), level: depth };
  // How many bytes a node takes to say how many records the one below it has, itself and with all below that.
  const sizes = [{ own: 0, all: 0 }];
  let most = Math.floor((nodeSize - 10) / recordSize);
  let mostBelow = most;
  for (let level = 1; level <= depth; level++) {
    source.countItems(1);
    const size = { own: byteLength(most), all: level > 1 ? byteLength(mostBelow) : 0 };
    sizes.push(size);
    const pointer = 8 + size.own + size.all;
    most = Math.floor((nodeSize - 10 - pointer) / (recordSize + pointer));
    mostBelow = (most + 1) * mostBelow + most;
  }
  const records: Uint8Array[] = [];
  const open: Node[] = root.count > 0 ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    const cursor = source.at(node.address);
    cursor.expect(node.level === 0 ? 'BTLF' : 'BTIN');
    cursor.skip(2);
    source.countItems(node.count + 1);
    for (let index = 0; index < node.count; index++) records.push(cursor.take(recordSize));
    if (node.level === 0) continue;
    const { own, all } = sizes[node.level]!;
    for (let index = 0; index <= node.count; index++) {
      open.push({ address: cursor.u64(), count: cursor.uint(own), level: node.level - 1 });
      cursor.skip(all);
    }
  }
  return records;
}

function byteLength(value: number): number {
  return Math.max(1, Math.ceil(Math.log2(value + 1) / 8));
}
