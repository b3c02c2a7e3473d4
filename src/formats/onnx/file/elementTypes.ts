/** The types of numbers that a file may hold, by their number there. */
const TYPES = {
  1: 'float',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'double',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
} as const;

export type ElementType = (typeof TYPES)[keyof typeof TYPES];
/** The types of tfjs that they become. */
export type Dtype = 'float32' | 'int32' | 'bool';
/** Numbers in a type of tfjs; `Uint8Array` holds bools. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

const NAMES: Readonly<Record<number, ElementType>> = TYPES;
const REFUSED: Readonly<Record<number, string>> = { 8: 'string', 14: 'complex64', 15: 'complex128' };
const WIDTHS: Readonly<Record<ElementType, number>> = {
  float: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  double: 8,
  uint32: 4,
  uint64: 8,
  bfloat16: 2,
};

/** @throws Error naming the type if it is none that tfjs could hold. */
export function readElementType(type: number): ElementType {
  const name = NAMES[type];
  if (name) return name;
  throw new Error(
    `its values are of the type ${REFUSED[type] ?? `number ${type}`}, which tfjs does not have`,
  );
}

/** Bytes that a number takes. */
export function widthOf(type: ElementType): number {
  return WIDTHS[type];
}

/** float16, bfloat16 and double become float32; whole numbers of any width int32. */
export function dtypeOf(type: ElementType): Dtype {
  if (type === 'bool') return 'bool';
  return isFloat(type) ? 'float32' : 'int32';
}

export function isFloat(type: ElementType): boolean {
  return /float|double/.test(type);
}

/**
 * Turns the bytes of a file into numbers of tfjs. Whole numbers beyond int32 become its largest or smallest, which is what
 * they stand for: an end that is as far as possible.
 *
 * @returns Numbers of their own, not a view.
 */
export function decodeNumbers(type: ElementType, bytes: Uint8Array): Numbers {
  // A copy begins at a multiple of eight bytes, as arrays of wide numbers must.
  const { buffer } = type === 'float' || bytes.byteOffset % 8 !== 0 ? bytes.slice() : bytes;
  const start = buffer === bytes.buffer ? bytes.byteOffset : 0;
  const length = Math.floor(bytes.length / WIDTHS[type]);
  switch (type) {
    case 'float':
      return new Float32Array(buffer, start, length);
    case 'double':
      return Float32Array.from(new Float64Array(buffer, start, length));
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, start, length), float16ToNumber);
    case 'bfloat16':
      return new Float32Array(
        Uint32Array.from(new Uint16Array(buffer, start, length), (bits) => bits << 16).buffer,
      );
    case 'bool':
      return Uint8Array.from(new Uint8Array(buffer, start, length), (value) => (value === 0 ? 0 : 1));
    case 'int8':
      return Int32Array.from(new Int8Array(buffer, start, length));
    case 'uint8':
      return Int32Array.from(new Uint8Array(buffer, start, length));
    case 'int16':
      return Int32Array.from(new Int16Array(buffer, start, length));
    case 'uint16':
      return Int32Array.from(new Uint16Array(buffer, start, length));
    case 'int32':
      return Int32Array.from(new Int32Array(buffer, start, length));
    case 'uint32':
      return Int32Array.from(new Uint32Array(buffer, start, length), toInt32);
    case 'int64':
      return fromBig(new BigInt64Array(buffer, start, length));
    case 'uint64':
      return fromBig(new BigUint64Array(buffer, start, length));
  }
}

/** The nearest number that int32 has. */
export function toInt32(value: number): number {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(value)));
}

function fromBig(values: BigInt64Array | BigUint64Array): Int32Array {
  const numbers = new Int32Array(values.length);
  for (let at = 0; at < values.length; at++) numbers[at] = toInt32(Number(values[at]!));
  return numbers;
}

/** IEEE 754's half precision: a bit of sign, five of exponent, ten of fraction. */
function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
