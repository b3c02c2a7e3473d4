import { isNowhere } from './Cursor';
import type { Hdf5Source } from './Hdf5Source';
import type { Layout } from './readLayout';

/**
 * Reads values that lie in one piece.
 *
 * @returns Bytes of the file, no copy.
 * @throws Error if they are not all there.
 */
export function readWhole(
  source: Hdf5Source,
  layout: Layout & { readonly kind: 'contiguous' },
  size: number,
): Uint8Array {
  if (isNowhere(layout.address)) throw new Error('its values were never written');
  if (layout.size < size) throw new Error(`expected ${size} bytes of values, got ${layout.size}`);
  return source.slice(layout.address, size);
}
