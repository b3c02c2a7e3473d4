import { isNowhere } from './Cursor';
import type { Hdf5Source } from './Hdf5Source';
import type { Layout } from './readLayout';

/** A piece of a dataset. */
export interface Chunk {
  readonly address: number;
  /** Bytes in the file. */
  readonly size: number;
  /** Has a bit for each of the filters that was left out. */
  readonly mask: number;
  /** Where its first value is in the dataset. */
  readonly offset: readonly number[];
}

/**
 * Lists the pieces of a dataset, those that are not in the file left out.
 *
 * @param shape Of the dataset.
 * @param chunkBytes Of a piece, unpacked.
 */
export function listChunks(
  source: Hdf5Source,
  { address, chunk, index }: Layout & { readonly kind: 'chunked' },
  shape: readonly number[],
  chunkBytes: number,
): Chunk[] {
  if (isNowhere(address)) return [];
  if (index.kind === 'tree') return readTree(source, address, shape.length);
  if (index.kind === 'single') {
    return [{ address, size: index.size ?? chunkBytes, mask: 0, offset: shape.map(() => 0) }];
  }
  // The others have the pieces row by row.
  const grid = shape.map((size, axis) => Math.ceil(size / chunk[axis]!));
  const count = grid.reduce((product, size) => product * size, 1);
  source.countItems(count);
  const places =
    index.kind === 'implicit'
      ? Array.from({ length: count }, (_, at) => ({
          address: address + at * chunkBytes,
          size: chunkBytes,
          mask: 0,
        }))
      : readArray(source, address, index.pageBits, count, chunkBytes);
  return places
    .map((place, at) => ({ ...place, offset: locate(at, grid, chunk) }))
    .filter((each) => !isNowhere(each.address));
}

function locate(at: number, grid: readonly number[], chunk: readonly number[]): number[] {
  const offset = grid.map(() => 0);
  for (let axis = grid.length - 1, rest = at; axis >= 0; axis--) {
    offset[axis] = (rest % grid[axis]!) * chunk[axis]!;
    rest = Math.floor(rest / grid[axis]!);
  }
  return offset;
}

/** A B-tree of version 1 (format specification, III.A.1). */
function readTree(source: Hdf5Source, root: number, rank: number): Chunk[] {
  const chunks: Chunk[] = [];
  const open = [{ address: root, above: Number.POSITIVE_INFINITY }];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = source.at(next.address);
    node.expect('TREE');
    node.skip(1);
    const level = node.u8();
    if (level >= next.above) throw new Error('the HDF5 file is damaged: a tree of pieces has no order');
    const count = node.u16();
    node.skip(16);
    source.countItems(count + 1);
    for (let index = 0; index < count; index++) {
      const [size, mask] = [node.u32(), node.u32()];
      const offset = Array.from({ length: rank }, () => node.u64());
      node.skip(8);
      const address = node.u64();
      if (level === 0) chunks.push({ address, size, mask, offset });
      else open.push({ address, above: level });
    }
  }
  return chunks;
}

/** A fixed array (VII.C), in pages where it is long. */
function readArray(
  source: Hdf5Source,
  address: number,
  pageBits: number,
  count: number,
  chunkBytes: number,
): Omit<Chunk, 'offset'>[] {
  const header = source.at(address);
  header.expect('FAHD');
  header.skip(1);
  const isFiltered = header.u8() === 1;
  const entrySize = header.u8();
  header.skip(1 + 8);
  const block = source.at(header.u64());
  block.expect('FADB');
  block.skip(2 + 8);
  const perPage = 2 ** pageBits;
  const isPaged = count > perPage;
  // Which pages there are, and a check sum.
  if (isPaged) block.skip(Math.ceil(Math.ceil(count / perPage) / 8) + 4);
  return Array.from({ length: count }, (_, index) => {
    if (isPaged && index > 0 && index % perPage === 0) block.skip(4);
    const place = block.u64();
    if (!isFiltered) return { address: place, size: chunkBytes, mask: 0 };
    return { address: place, size: block.uint(entrySize - 12), mask: block.u32() };
  });
}
