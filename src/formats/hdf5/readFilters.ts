import { Cursor } from './Cursor';

/** One of the steps that pieces were packed by. */
export interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

/** Reads the steps in the order in which they were taken (format specification, IV.A.2.l). */
export function readFilters(body: Uint8Array): Filter[] {
  const cursor = new Cursor(body);
  const version = cursor.u8();
  const count = cursor.u8();
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameSize = version === 1 || id > 255 ? cursor.u16() : 0;
    cursor.skip(2);
    const valueCount = cursor.u16();
    cursor.skip(nameSize);
    const values = Array.from({ length: valueCount }, () => cursor.u32());
    if (version === 1 && valueCount % 2 === 1) cursor.skip(4);
    return { id, values };
  });
}
