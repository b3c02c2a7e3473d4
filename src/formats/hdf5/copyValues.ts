import type { Hdf5Source } from './Hdf5Source';
import { listChunks } from './listChunks';
import { countValues } from './readDataspace';
import type { Filter } from './readFilters';
import type { Layout } from './readLayout';
import { readWhole } from './readWhole';
import { unpackChunk } from './unpackChunk';

/**
 * Copies the values of a dataset, row by row, as they lie in the file.
 *
 * @param valueSize Bytes of a value.
 * @param target Of as many bytes as the values have.
 */
export function copyValues(
  source: Hdf5Source,
  layout: Layout,
  filters: readonly Filter[],
  shape: readonly number[],
  valueSize: number,
  target: Uint8Array,
): void {
  const size = countValues(shape) * valueSize;
  if (target.length !== size) throw new RangeError(`target: expected ${size} bytes, got ${target.length}`);
  if (size === 0) return;
  if (layout.kind === 'chunked') copyChunks(source, layout, filters, shape, valueSize, target);
  else
    target.set(layout.kind === 'compact' ? layout.bytes.subarray(0, size) : readWhole(source, layout, size));
}

function copyChunks(
  source: Hdf5Source,
  layout: Layout & { readonly kind: 'chunked' },
  filters: readonly Filter[],
  shape: readonly number[],
  valueSize: number,
  target: Uint8Array,
): void {
  const chunkShape = layout.chunk.slice(0, shape.length);
  if (layout.chunk.length !== shape.length + 1 || !chunkShape.every((size) => size > 0)) {
    throw new Error(`expected pieces of ${shape.length} dimensions, got [${chunkShape.join(', ')}]`);
  }
  const chunkBytes = countValues(chunkShape) * valueSize;
  const chunks = listChunks(source, layout, shape, chunkBytes);
  const expected = countValues(shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!)));
  const places = new Set(chunks.map(({ offset }) => offset.join()));
  if (places.size !== expected || chunks.length !== expected) {
    throw new Error(`expected ${expected} pieces of its values, got ${places.size}`);
  }
  for (const chunk of chunks) {
    source.countUnpacked(chunkBytes);
    const packed = source.slice(chunk.address, filters.length > 0 ? chunk.size : chunkBytes);
    const bytes = filters.length > 0 ? unpackChunk(packed, filters, chunk.mask, chunkBytes) : packed;
    placeChunk(bytes, chunkShape, chunk.offset, shape, valueSize, target);
  }
}

/** Copies a piece row by row; what is beyond the end of the dataset is left out. */
function placeChunk(
  bytes: Uint8Array,
  chunkShape: readonly number[],
  offset: readonly number[],
  shape: readonly number[],
  valueSize: number,
  target: Uint8Array,
): void {
  const kept = chunkShape.map((size, axis) => Math.min(size, shape[axis]! - offset[axis]!));
  if (kept.some((size) => size <= 0)) throw new Error('a piece of its values lies beyond its end');
  const last = shape.length - 1;
  const rowBytes = kept[last]! * valueSize;
  const at = kept.map(() => 0);
  const rows = countValues(kept.slice(0, last));
  for (let row = 0; row < rows; row++) {
    let [from, to] = [0, 0];
    for (let axis = 0; axis <= last; axis++) {
      from = from * chunkShape[axis]! + at[axis]!;
      to = to * shape[axis]! + offset[axis]! + at[axis]!;
    }
    target.set(bytes.subarray(from * valueSize, from * valueSize + rowBytes), to * valueSize);
    for (let axis = last - 1; axis >= 0 && ++at[axis]! === kept[axis]; axis--) at[axis] = 0;
  }
}
