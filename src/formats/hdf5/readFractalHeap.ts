import { Cursor, isNowhere } from './Cursor';
import type { Hdf5Source } from './Hdf5Source';

/** A heap in which links and attributes lie where an object has many. */
export interface FractalHeap {
  /** Finds what an identifier stands for. */
  find(id: Uint8Array): Uint8Array;
}

/** Reads a fractal heap (format specification, III.G). */
export function readFractalHeap(source: Hdf5Source, address: number): FractalHeap {
  const header = source.at(address);
  header.expect('FRHP');
  header.skip(1 + 2);
  const filterSize = header.u16();
  header.skip(1);
  const largestObject = header.u32();
  header.skip(12 * 8);
  const width = header.u16();
  const startSize = header.u64();
  const largestBlock = header.u64();
  const offsetSize = Math.ceil(header.u16() / 8);
  header.skip(2);
  const root = header.u64();
  const rootRows = header.u16();
  if (filterSize > 0) throw new Error('the HDF5 file has packed attributes, which are not read');
  const lengthSize = Math.ceil(Math.log2(Math.min(largestBlock, largestObject) + 1) / 8);

  /** Finds the block in which an offset of the heap is: those of the first two rows are of one size, and then twice as large. */
  function locate(offset: number): number {
    if (rootRows === 0) return root + offset;
    let table = root;
    let start = 0;
    for (let rows = rootRows; ; ) {
      source.countItems(1);
      const cursor = source.at(table);
      cursor.expect('FHIB');
      cursor.skip(1 + 8 + offsetSize);
      let size = startSize;
      let row = 0;
      for (; row < rows && offset >= start + size * width; row++) {
        source.countItems(1);
        start += size * width;
        if (row > 0) size *= 2;
        cursor.skip(width * 8);
      }
      if (row >= rows || size === 0)
        throw new Error('the HDF5 file is damaged: an attribute or a link is nowhere');
      const column = Math.floor((offset - start) / size);
      cursor.skip(column * 8);
      start += column * size;
      const block = cursor.u64();
      if (size <= largestBlock) return block + offset - start;
      table = block;
      rows = Math.log2(size / startSize / width) + 1;
    }
  }

  return {
    find(id) {
      source.countItems(1);
      const cursor = new Cursor(id);
      const kind = cursor.u8();
      const type = (kind >> 4) & 3;
      if (type === 2) return cursor.take((kind & 15) + 1);
      if (type !== 0 || isNowhere(root)) {
        throw new Error(
          'the HDF5 file has an attribute that is too long to be read; save it again with h5py',
        );
      }
      const offset = cursor.uint(offsetSize);
      return source.slice(locate(offset), cursor.uint(lengthSize));
    },
  };
}
