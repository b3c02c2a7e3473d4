import type { NpyArray } from './npyFormat';

type Reader = (view: DataView, at: number, little: boolean) => number;

/** Types of numbers that become float32, by numpy's letters. */
const READERS: Readonly<Record<string, { readonly size: number; readonly read: Reader }>> = {
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** The bytes of numbers, little-endian whatever the machine is. */
export function toBytes(values: Float32Array | Uint8Array | Int32Array): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    if (values instanceof Float32Array) view.setFloat32(at * 4, value, true);
    else view.setInt32(at * 4, value, true);
  });
  return bytes;
}

/**
 * Reads the numbers of a `.npy` file as float32, in C order.
 *
 * @throws RangeError if the type is none of numbers, a number has no exact float32, or the file is of another length.
 */
export function toFloats(name: string, { descr, shape, fortranOrder, bytes }: NpyArray): Float32Array {
  const reader = READERS[descr.slice(1)];
  if (!reader || !'<>|='.includes(descr[0]!)) {
    const advice = descr.includes('O')
      ? '; objects are not read, save numbers'
      : '; try .astype(numpy.float32)';
    throw new RangeError(`${name}: expected numbers, got the type ${JSON.stringify(descr)}${advice}`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== count * reader.size) {
    throw new RangeError(
      `${name}: expected ${count * reader.size} bytes for the shape [${shape.join(', ')}] of ${descr}, got ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const value = reader.read(view, at * reader.size, descr[0] !== '>');
    values[at] = value;
    if (values[at] !== value && !Number.isNaN(value)) {
      throw new RangeError(
        `${name}: expected numbers that are exact in 32 bits, got ${value}; use .astype(numpy.float32) to round them`,
      );
    }
  }
  return fortranOrder ? toRows(values, shape) : values;
}

/** Turns an array whose first index moves fastest into one whose last does. */
function toRows(values: Float32Array, shape: readonly number[]): Float32Array {
  const rows = new Float32Array(values.length);
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  for (let at = 0; at < rows.length; at++) {
    let [rest, from] = [at, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * steps[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    rows[at] = values[from]!;
  }
  return rows;
}
