import { Cursor } from './Cursor';

/** Where the values of a dataset lie. */
export type Layout =
  /** In the header itself. */
  | { readonly kind: 'compact'; readonly bytes: Uint8Array }
  /** In one piece. */
  | { readonly kind: 'contiguous'; readonly address: number; readonly size: number }
  /** In pieces of one shape, which may be packed. */
  | {
      readonly kind: 'chunked';
      readonly address: number;
      readonly chunk: readonly number[];
      readonly index: ChunkIndex;
    };

/** How pieces are found. */
type ChunkIndex =
  | { readonly kind: 'tree' }
  | { readonly kind: 'implicit' }
  | { readonly kind: 'single'; readonly size: number | undefined }
  | { readonly kind: 'array'; readonly pageBits: number };

const CLASSES = ['compact', 'contiguous', 'chunked'] as const;

/** Reads a layout (format specification, IV.A.2.i). */
export function readLayout(body: Uint8Array): Layout {
  const cursor = new Cursor(body);
  const version = cursor.u8();
  if (version === 1 || version === 2) return readOldLayout(cursor);
  if (version !== 3 && version !== 4) {
    throw new Error(
      `the HDF5 file has datasets of version ${version}, which is not read; save it again with h5py`,
    );
  }
  const kind = CLASSES[cursor.u8()];
  if (kind === 'compact') return { kind, bytes: cursor.take(cursor.u16()) };
  if (kind === 'contiguous') return { kind, address: cursor.u64(), size: cursor.u64() };
  if (kind === undefined)
    throw new Error('the HDF5 file has virtual datasets, which are not read; copy them into one file');
  if (version === 4) return readNewChunks(cursor);
  const rank = cursor.u8();
  const address = cursor.u64();
  return { kind, address, chunk: readSizes(cursor, rank, 4), index: { kind: 'tree' } };
}

function readOldLayout(cursor: Cursor): Layout {
  const rank = cursor.u8();
  const kind = CLASSES[cursor.u8()];
  cursor.skip(5);
  const address = kind === 'compact' ? 0 : cursor.u64();
  const sizes = readSizes(cursor, rank, 4);
  if (kind === 'chunked') return { kind, address, chunk: sizes, index: { kind: 'tree' } };
  if (kind === 'compact') return { kind, bytes: cursor.take(cursor.u32()) };
  // How many bytes there are is not said; the shape does.
  return { kind: 'contiguous', address, size: Number.POSITIVE_INFINITY };
}

/** Those of version 4, which a file has that was written for the newest readers only. */
function readNewChunks(cursor: Cursor): Layout {
  const flags = cursor.u8();
  const rank = cursor.u8();
  const chunk = readSizes(cursor, rank, cursor.u8());
  const index = readIndex(cursor, cursor.u8(), (flags & 2) !== 0);
  return { kind: 'chunked', address: cursor.u64(), chunk, index };
}

function readIndex(cursor: Cursor, kind: number, isFiltered: boolean): ChunkIndex {
  if (kind === 1) {
    if (!isFiltered) return { kind: 'single', size: undefined };
    const size = cursor.u64();
    cursor.skip(4);
    return { kind: 'single', size };
  }
  if (kind === 2) return { kind: 'implicit' };
  if (kind === 3) return { kind: 'array', pageBits: cursor.u8() };
  throw new Error(
    'the HDF5 file has datasets that can grow, in a form that is not read; save it again with h5py, without maxshape',
  );
}

/** The last one is the size of a value. */
function readSizes(cursor: Cursor, rank: number, bytes: number): number[] {
  return Array.from({ length: rank }, () => cursor.uint(bytes));
}
