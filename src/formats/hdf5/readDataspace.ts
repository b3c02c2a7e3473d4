import { Cursor } from './Cursor';

/** Reads a shape (format specification, IV.A.2.b); `undefined` for that of nothing at all. */
export function readDataspace(body: Uint8Array): number[] | undefined {
  const cursor = new Cursor(body);
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.skip(1);
  if (version === 1) cursor.skip(5);
  else if (version !== 2)
    throw new Error(`the HDF5 file has shapes of version ${version}, which is not known`);
  else if (cursor.u8() === 2) return undefined;
  return Array.from({ length: rank }, () => cursor.u64());
}

/** How many values an array of that shape has. */
export function countValues(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
