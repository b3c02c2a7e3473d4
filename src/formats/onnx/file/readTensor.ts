import { quote } from '../../../common/quote';
import { type ElementType, readElementType, widthOf } from './elementTypes';
import type { OnnxTensor, ReadExternal } from './OnnxModel';
import {
  type Field,
  plainBytes,
  readFields,
  readFloats,
  readInteger,
  readIntegers,
  readMessage,
  readText,
} from './readFields';

/**
 * Reads a `TensorProto`. Its bytes are checked against its shape before anything of that size is made.
 *
 * @param external Gives files that lie beside the model.
 * @throws Error naming the tensor if its type is none of tfjs, or its values are missing, too few or too many.
 */
export function readTensor(message: Uint8Array, external: ReadExternal | undefined): OnnxTensor {
  const shape: number[] = [];
  const integers: number[] = [];
  const floats: Field[] = [];
  const doubles: number[] = [];
  const location = new Map<string, string>();
  let [type, name, isExternal] = [0, '', false];
  let raw: Uint8Array | undefined;
  for (const field of readFields(message)) {
    if (field.id === 1) readIntegers(field, shape);
    else if (field.id === 2) type = readInteger(field);
    else if (field.id === 4) floats.push(field);
    else if (field.id === 5 || field.id === 7 || field.id === 11) readIntegers(field, integers);
    else if (field.id === 8) name = readText(field);
    else if (field.id === 9) raw = readMessage(field);
    else if (field.id === 10) readFloats(field, 8, doubles);
    else if (field.id === 13) readEntry(readMessage(field), location);
    else if (field.id === 14) isExternal = readInteger(field) === 1;
  }
  try {
    const elementType = readElementType(type);
    const size = countValues(shape);
    const needed = size * widthOf(elementType);
    let bytes: Uint8Array;
    if (isExternal) bytes = readExternal(location, needed, external);
    else if (raw) bytes = raw;
    else if (floats.length === 1) bytes = floats[0]!.bytes;
    else if (floats.length > 0) bytes = join(floats);
    else bytes = encode(elementType, elementType === 'double' ? doubles : integers);
    if (bytes.length !== needed) {
      throw new RangeError(
        `it has ${bytes.length} bytes, where its shape [${shape.slice(0, 8)}] needs ${needed}`,
      );
    }
    return { name, type: elementType, shape, bytes };
  } catch (error) {
    throw new Error(`the tensor ${quote(name)}: ${(error as Error).message}`);
  }
}

function countValues(shape: readonly number[]): number {
  if (shape.length > 8) throw new RangeError(`expected at most 8 sizes, got ${shape.length}`);
  for (const size of shape) {
    if (!(Number.isSafeInteger(size) && size >= 0))
      throw new RangeError(`expected sizes of at least 0, got ${size}`);
  }
  return shape.reduce((product, size) => product * size, 1);
}

function readEntry(message: Uint8Array, into: Map<string, string>): void {
  let [key, value] = ['', ''];
  for (const field of readFields(message)) {
    if (field.id === 1) key = readText(field);
    else if (field.id === 2) value = readText(field);
  }
  into.set(key, value);
}

/** What lies in a file of its own, from an offset on. The file has to lie beside the model, in its folder or below. */
function readExternal(
  location: ReadonlyMap<string, string>,
  needed: number,
  external: ReadExternal | undefined,
): Uint8Array {
  const name = (location.get('location') ?? '').replaceAll('\\', '/');
  const parts = name.split('/');
  if (name === '' || /^\/|^[a-z]+:/i.test(name) || parts.includes('..')) {
    throw new Error(`its values lie in ${quote(name)}, which is not beside the model`);
  }
  const clean = parts.filter((part) => part !== '.' && part !== '').join('/');
  const given = external?.(clean);
  if (!given)
    throw new Error(`its values lie in the file ${quote(clean)}, which is missing; give it with the model`);
  const file = plainBytes(given);
  const offset = Number(location.get('offset') ?? 0);
  const length = Number(location.get('length') ?? needed);
  if (!(Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0)) {
    throw new RangeError(`its place in the file ${quote(clean)} is not a number`);
  }
  if (offset + length > file.length) {
    throw new RangeError(
      `the file ${quote(clean)} has ${file.length} bytes, where ${offset + length} are needed`,
    );
  }
  return file.subarray(offset, offset + length);
}

function join(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + field.bytes.length, 0));
  let at = 0;
  for (const field of fields) {
    bytes.set(field.bytes, at);
    at += field.bytes.length;
  }
  return bytes;
}

/** Numbers that were written one by one, as the bytes that they would have been. */
function encode(type: ElementType, numbers: readonly number[]): Uint8Array {
  const width = widthOf(type);
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, index) => {
    const at = index * width;
    if (type === 'double') view.setFloat64(at, value, true);
    else if (width === 8) view.setBigInt64(at, BigInt(value), true);
    else if (width === 4) view.setInt32(at, value, true);
    else if (width === 2) view.setUint16(at, value, true);
    else view.setUint8(at, value);
  });
  return bytes;
}
