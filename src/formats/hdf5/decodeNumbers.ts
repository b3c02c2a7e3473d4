import { describeValue } from '../../common/errors';
import type { Hdf5Type } from './Hdf5';

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * Makes numbers of the bytes of a dataset.
 *
 * @param target Of as many numbers as there are; it takes them as its kind of array does, so that `Int32Array` cuts those of 64 bits.
 * @throws Error if they are none.
 */
export function decodeNumbers(bytes: Uint8Array, type: Hdf5Type, target: Numbers): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { size } = type;
  const read = READERS[type.name];
  if (!read) throw new Error(`expected numbers, got ${describeValue(type.name)}`);
  for (let index = 0; index < target.length; index++)
    target[index] = read(view, index * size, !type.isBigEndian);
}

type Reader = (view: DataView, at: number, isLittleEndian: boolean) => number;

const READERS: Readonly<Partial<Record<Hdf5Type['name'], Reader>>> = {
  int8: (view, at) => view.getInt8(at),
  uint8: (view, at) => view.getUint8(at),
  int16: (view, at, order) => view.getInt16(at, order),
  uint16: (view, at, order) => view.getUint16(at, order),
  int32: (view, at, order) => view.getInt32(at, order),
  uint32: (view, at, order) => view.getUint32(at, order),
  int64: (view, at, order) => Number(view.getBigInt64(at, order)),
  uint64: (view, at, order) => Number(view.getBigUint64(at, order)),
  float16: (view, at, order) => decodeHalf(view.getUint16(at, order)),
  // The upper half of a number of single precision.
  bfloat16: (view, at, order) => {
    WORD.setUint32(0, view.getUint16(at, order) * 2 ** 16);
    return WORD.getFloat32(0);
  },
  float32: (view, at, order) => view.getFloat32(at, order),
  float64: (view, at, order) => view.getFloat64(at, order),
};

const WORD = new DataView(new ArrayBuffer(4));

/** IEEE 754, binary16. */
function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}
