import type { Hdf5Source } from './Hdf5Source';
import type { Layout } from './readLayout';
import { readWhole } from './readWhole';

/**
 * Finds floats of 32 bits where they lie in the file.
 *
 * @returns `undefined` if they lie in several pieces, or where no such array can begin.
 * @throws Error if they are not all there.
 */
export function viewValues(source: Hdf5Source, layout: Layout, count: number): Float32Array | undefined {
  if (layout.kind !== 'contiguous' || count === 0) return undefined;
  const { buffer, byteOffset } = readWhole(source, layout, 4 * count);
  return byteOffset % 4 === 0 ? new Float32Array(buffer, byteOffset, count) : undefined;
}
