import { Cursor } from './Cursor';
import type { Hdf5Type } from './Hdf5';

/** Classes of types (format specification, IV.A.2.d). */
const [FIXED_POINT, FLOATING_POINT, STRING, OPAQUE, ENUMERATED, VARIABLE_LENGTH] = [0, 1, 3, 5, 8, 9];

/** Reads a type; `undefined` for one that is none of those known: compound, array, reference, time, bit field. */
export function readDatatype(body: Uint8Array): Hdf5Type | undefined {
  const cursor = new Cursor(body);
  const typeClass = cursor.u8() & 15;
  const bits = cursor.u8();
  cursor.skip(2);
  const size = cursor.u32();
  const isBigEndian = (bits & 1) !== 0;
  switch (typeClass) {
    case FIXED_POINT: {
      if (![1, 2, 4, 8].includes(size)) return undefined;
      const name = `${bits & 8 ? 'int' : 'uint'}${(size * 8) as 8 | 16 | 32 | 64}` as const;
      return { name, size, isBigEndian };
    }
    case FLOATING_POINT: {
      // Where the exponent is tells half precision from bfloat16.
      cursor.skip(5);
      const exponentSize = cursor.u8();
      const name = FLOATS[`${size}/${exponentSize}`];
      return name && { name, size, isBigEndian };
    }
    case STRING:
      return { name: 'string', size, isBigEndian: false };
    case OPAQUE:
      return { name: 'opaque', size, isBigEndian: false };
    case ENUMERATED:
      // Of truth values, h5py makes an enumeration: what they are made of follows.
      return readDatatype(cursor.take(cursor.left));
    case VARIABLE_LENGTH:
      return (bits & 15) === 1 ? { name: 'text', size: 16, isBigEndian: false } : undefined;
    default:
      return undefined;
  }
}

/** By bytes, and bits of the exponent. */
const FLOATS: Readonly<Record<string, Hdf5Type['name'] | undefined>> = {
  '2/5': 'float16',
  '2/8': 'bfloat16',
  '4/8': 'float32',
  '8/11': 'float64',
};
