import { describeValue, formatShape } from '../common/errors';

/** What an IDX file holds. */
export interface IdxArray {
  /** Length of each dimension, the outermost first: `[60000, 28, 28]`. At least one; each 0 or more. */
  readonly shape: readonly number[];
  /** The values, row-major, the last dimension moving fastest. The kind of array is the file's type of element. */
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** How the elements of one type are read. Numbers of more than a byte are big-endian. */
interface ElementType {
  readonly bytes: number;
  readonly read: (view: DataView, start: number, count: number) => IdxArray['data'];
}

/** By the type code, the third byte of the file (Y. LeCun, "The MNIST database", the IDX file format). */
const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = {
  8: { bytes: 1, read: (view, start, count) => new Uint8Array(bytesOf(view, start, count)) },
  9: { bytes: 1, read: (view, start, count) => new Int8Array(bytesOf(view, start, count)) },
  11: {
    bytes: 2,
    read: (view, start, count) => fill(new Int16Array(count), (at) => view.getInt16(start + 2 * at)),
  },
  12: {
    bytes: 4,
    read: (view, start, count) => fill(new Int32Array(count), (at) => view.getInt32(start + 4 * at)),
  },
  13: {
    bytes: 4,
    read: (view, start, count) => fill(new Float32Array(count), (at) => view.getFloat32(start + 4 * at)),
  },
  14: {
    bytes: 8,
    read: (view, start, count) => fill(new Float64Array(count), (at) => view.getFloat64(start + 8 * at)),
  },
};

/**
 * Parses an IDX file, the format of MNIST: any of its six types of element, any number of dimensions from 1.
 *
 * @param bytes The whole file, unpacked.
 * @returns Values that share no memory with `bytes`.
 * @throws TypeError if `bytes` is no `Uint8Array`; RangeError if the file begins with something else, has a type that
 * is not known or no dimension, or is longer or shorter than its dimensions say.
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  // Arrays of another window, too.
  if (Object.prototype.toString.call(bytes) !== '[object Uint8Array]') {
    throw new TypeError(`bytes: expected a Uint8Array, got ${describeValue(bytes)}`);
  }
  const fail = (expected: string, got: string): never => {
    throw new RangeError(`bytes: expected ${expected}, got ${got}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) return fail('an IDX file, whose header has 4 bytes', `${bytes.length}, truncated`);
  if (view.getUint16(0) !== 0) return fail('an IDX file, which begins with 00 00', describeStart(bytes));

  const [code, rank] = [view.getUint8(2), view.getUint8(3)];
  const type = ELEMENT_TYPES[code];
  if (type === undefined) {
    return fail('a type code of IDX (08, 09, 0b, 0c, 0d or 0e)', toHex(code));
  }
  if (rank === 0) return fail('at least one dimension', '0');

  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    return fail(`${start} bytes of header for ${rank} dimensions`, `${bytes.length}, truncated`);
  }
  const shape = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const count = shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
  const size = start + type.bytes * count;
  if (!Number.isSafeInteger(size)) {
    return fail('dimensions that a file can hold', shorten(shape));
  }
  if (bytes.length !== size) {
    const problem = bytes.length < size ? 'truncated' : `oversized by ${bytes.length - size}`;
    return fail(`${size} bytes for the shape ${shorten(shape)}`, `${bytes.length}, ${problem}`);
  }
  return { shape, data: type.read(view, start, count) };
}

function bytesOf(view: DataView, start: number, count: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, count);
}

function fill<Values extends Int16Array | Int32Array | Float32Array | Float64Array>(
  values: Values,
  valueAt: (at: number) => number,
): Values {
  for (let at = 0; at < values.length; at++) values[at] = valueAt(at);
  return values;
}

function describeStart(bytes: Uint8Array): string {
  const start = Array.from(bytes.subarray(0, 4), toHex).join(' ');
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? `${start}, a gzip file, which must be unpacked` : start;
}

function toHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A file may claim 255 dimensions. */
function shorten(shape: readonly number[]): string {
  return shape.length <= 8 ? formatShape(shape) : formatShape([...shape.slice(0, 8), '…']);
}
