/** A field of a protobuf message: its number, and its value as it lies there. */
export interface Field {
  readonly id: number;
  /** 0: a whole number; 1: eight bytes; 2: bytes, a text or a message; 5: four bytes. */
  readonly wire: 0 | 1 | 2 | 5;
  /** A view of the message, not a copy. */
  readonly bytes: Uint8Array;
}

const WIDTHS: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * Reads a protobuf message field by field. A field that is repeated comes several times.
 *
 * @throws RangeError if the bytes end within a field or are no message.
 * @see https://protobuf.dev/programming-guides/encoding
 */
export function* readFields(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at < bytes.length; ) {
    const keyEnd = endOfNumber(bytes, at);
    const key = toNumber(bytes, at, keyEnd);
    const wire = key & 7;
    let start = keyEnd;
    let end: number;
    if (wire === 0) end = endOfNumber(bytes, start);
    else if (wire === 2) {
      start = endOfNumber(bytes, keyEnd);
      end = start + toNumber(bytes, keyEnd, start);
    } else {
      const width = WIDTHS[wire];
      if (width === undefined || key < 8) throw new RangeError('its bytes are no protobuf message');
      end = start + width;
    }
    if (!(end >= start && end <= bytes.length))
      throw new RangeError('it ends too early: it has been cut off');
    yield { id: Math.floor(key / 8), wire: wire as Field['wire'], bytes: bytes.subarray(start, end) };
    at = end;
  }
}

/** A whole number; a list of them, as one field or packed into one, comes from `readIntegers`. */
export function readInteger({ wire, bytes }: Field): number {
  if (wire !== 0) throw new RangeError('a number was expected where there is something else');
  return toNumber(bytes, 0, bytes.length);
}

/** Adds the whole numbers of a repeated field, of which each occurrence has one or, packed, many. */
export function readIntegers(field: Field, into: number[]): void {
  if (field.wire === 0) into.push(readInteger(field));
  else {
    const { bytes } = field;
    for (let at = 0; at < bytes.length; ) {
      const end = endOfNumber(bytes, at);
      into.push(toNumber(bytes, at, end));
      at = end;
    }
  }
}

/** Adds the numbers of a repeated field of floats (four bytes) or doubles (eight). */
export function readFloats({ bytes }: Field, width: 4 | 8, into: number[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length % width !== 0) throw new RangeError('it ends too early: it has been cut off');
  for (let at = 0; at < bytes.length; at += width) {
    into.push(width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
  }
}

const decoder = new TextDecoder();

export function readText({ wire, bytes }: Field): string {
  if (wire !== 2) throw new RangeError('a text was expected where there is something else');
  return decoder.decode(bytes);
}

/** What a field holds as a message of its own. */
export function readMessage({ wire, bytes }: Field): Uint8Array {
  if (wire !== 2) throw new RangeError('a message was expected where there is something else');
  return bytes;
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at]! >= 128) at++;
  if (at >= bytes.length || at - start >= 10) throw new RangeError('it ends too early: it has been cut off');
  return at + 1;
}

/** A number of seven bits a byte, the lowest first; one of ten bytes is negative. */
function toNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10) {
    let value = 0;
    for (let at = end - 1; at >= start; at--) value = value * 128 + (bytes[at]! & 127);
    return value;
  }
  let value = 0n;
  for (let at = end - 1; at >= start; at--) value = value * 128n + BigInt(bytes[at]! & 127);
  return Number(BigInt.asIntN(64, value));
}

/** The same bytes, of which parts can be copied: `slice` of Node's `Buffer` gives a view. */
export function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
