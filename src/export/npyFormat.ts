import { describeValue } from '../common/errors';

/** An array as a `.npy` file holds it, its values not looked at. */
export interface NpyArray {
  /** numpy's name of the type: `'<f4'`, `'|u1'`, `'<U12'`. */
  readonly descr: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  readonly bytes: Uint8Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** Writes version 1.0 of the format (NEP 1): a header of Python's dict, then the bytes, in C order. */
export function writeNpy({ descr, shape, bytes }: Omit<NpyArray, 'fortranOrder'>): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // The values begin at a multiple of 64.
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64;
  const header = `${dict.padEnd(length - 11)}\n`;
  const file = new Uint8Array(length + bytes.length);
  file.set(MAGIC);
  file.set([1, 0, header.length & 0xff, header.length >> 8], 6);
  file.set(new TextEncoder().encode(header), 10);
  file.set(bytes, length);
  return file;
}

/**
 * Reads the versions 1 to 3 of the format.
 *
 * @param name Of the argument, for the messages.
 * @throws TypeError if `file` is no bytes; RangeError saying what is wrong with them.
 */
export function readNpy(name: string, file: Uint8Array): NpyArray {
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`${name}: expected the bytes of a .npy file, got ${describeValue(file)}`);
  }
  const fail = (expected: string, got: string) => new RangeError(`${name}: expected ${expected}, got ${got}`);
  if (file.length < 12 || MAGIC.some((byte, at) => file[at] !== byte)) {
    throw fail('a .npy file', 'one that does not begin as such');
  }
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const version = file[6]!;
  if (version < 1 || version > 3) throw fail('version 1, 2 or 3 of the format', `${version}`);
  const start = version === 1 ? 10 : 12;
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > file.length) throw fail('a whole file', 'one that ends in its header');
  const header = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(file.subarray(start, end));
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const sizes = /'shape':\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || sizes === undefined) {
    throw fail('a header with one type, an order and a shape', describeValue(header.trim()));
  }
  const shape = sizes.split(',').flatMap((size) => (size.trim() ? [Number.parseInt(size, 10)] : []));
  return { descr, shape, fortranOrder: order === 'True', bytes: file.subarray(end) };
}
