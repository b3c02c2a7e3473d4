import { describeValue } from '../common/errors';
import type { NpyArray } from './npyFormat';

type Reader = (view: DataView, at: number, little: boolean) => number | bigint;

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
  i8: { size: 8, read: (view, at, little) => view.getBigInt64(at, little) },
  u8: { size: 8, read: (view, at, little) => view.getBigUint64(at, little) },
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
 * @param maxBytes Bytes that the numbers may take at the most.
 * @throws RangeError if the type is none of numbers, a number has no exact float32, the file is of another length, or there
 * are more.
 */
export function toFloats(
  name: string,
  { descr, shape, fortranOrder, bytes }: NpyArray,
  maxBytes = Number.POSITIVE_INFINITY,
): Float32Array {
  const [order, type] = [descr.slice(0, 1), descr.slice(1)];
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  // Numbers of several bytes have one order or the other; that of the machine that wrote them nobody knows.
  if (!reader || !(reader.size === 1 ? '<>|' : '<>').includes(order)) {
    const advice = descr.includes('O')
      ? '; objects are not read, save numbers'
      : '; try .astype(numpy.float32)';
    throw new RangeError(`${name}: expected numbers, got the type ${describeValue(descr)}${advice}`);
  }
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== count * reader.size) {
    throw new RangeError(
      `${name}: expected ${count * reader.size} bytes for the shape ${describeShape(shape)} of ${descr}, got ${bytes.length}`,
    );
  }
  if (count * 4 > maxBytes) {
    throw new RangeError(
      `${name}: expected at most ${maxBytes} bytes as float32, got ${count * 4}; pass maxBytes to read more`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(count);
  const isTruth = type === 'b1';
  for (let at = 0; at < count; at++) {
    const value = reader.read(view, at * reader.size, order !== '>');
    const number = Number(value);
    values[at] = number;
    // Loosely, since an integer of 64 bits is no number yet.
    // biome-ignore lint/suspicious/noDoubleEquals: compares a bigint with a number by its exact value
    if (values[at] != value && !Number.isNaN(number)) {
      throw new RangeError(
        `${name}: expected numbers that are exact in 32 bits, got ${value}; use .astype(numpy.float32) to round them`,
      );
    }
    if (isTruth && number > 1)
      throw new RangeError(`${name}: expected 0 or 1 for the type ${descr}, got ${value}`);
  }
  return fortranOrder ? toRows(values, shape) : values;
}

/** A file may claim a great many dimensions. */
export function describeShape(shape: readonly number[]): string {
  return `[${shape.slice(0, 8).join(', ')}${shape.length > 8 ? ', …' : ''}]`;
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
