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

/** Characters of a header, as numpy has it. */
const LONGEST = 10_000;

/** Dimensions that numpy takes. */
const MOST_DIMENSIONS = 64;

/** One key of the header's dict, with its value: a text, a truth, or a tuple. */
const PAIR =
  /[ \t\n\r\f]*(?:'(\w+)'|"(\w+)")[ \t\n\r\f]*:[ \t\n\r\f]*(?:'([^'"\\]*)'|"([^'"\\]*)"|(True|False)\b|\(([^()]*)\))[ \t\n\r\f]*/y;

/** Whole numbers with commas between and perhaps at the end; Python 2 wrote an L behind. */
const SIZES = /^[ \t\n\r\f]*(?:(?:0|[1-9]\d*)L?[ \t\n\r\f]*,[ \t\n\r\f]*)*(?:(?:0|[1-9]\d*)L?[ \t\n\r\f]*)?$/;

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
  if (version < 1 || version > 3 || file[7] !== 0) {
    throw fail('version 1, 2 or 3 of the format', file[7] === 0 ? `${version}` : `${version}.${file[7]}`);
  }
  const start = version === 1 ? 10 : 12;
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > file.length) throw fail('a whole file', 'one that ends in its header');
  if (end - start > LONGEST) throw fail(`a header of at most ${LONGEST} characters`, `${end - start}`);
  const header = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(file.subarray(start, end));
  const dict = readDict(header);
  const shape = dict && readShape(dict.shape);
  if (!dict || !shape)
    throw fail('a header with one type, an order and a shape', describeValue(header.trim()));
  return { descr: dict.descr, shape, fortranOrder: dict.order === 'True', bytes: file.subarray(end) };
}

/** Reads the three keys of the header, in any order, each once, and nothing else. */
function readDict(header: string): { descr: string; order: string; shape: string } | undefined {
  const text = header.replace(/^[ \t]+|[ \t\n\r\f]+$/g, '');
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const found = new Map<
    string,
    { text?: string | undefined; truth?: string | undefined; tuple?: string | undefined }
  >();
  let at = 1;
  while (at < text.length - 1) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    const key = match?.[1] ?? match?.[2];
    if (!match || key === undefined || found.has(key)) return undefined;
    found.set(key, { text: match[3] ?? match[4], truth: match[5], tuple: match[6] });
    at = PAIR.lastIndex;
    if (text[at] === ',') at += 1 + /^[ \t\n\r\f]*/.exec(text.slice(at + 1))![0].length;
    else if (at !== text.length - 1) return undefined;
  }
  const [descr, order] = [found.get('descr')?.text, found.get('fortran_order')?.truth];
  const shape = found.get('shape')?.tuple;
  if (found.size !== 3 || descr === undefined || order === undefined || shape === undefined) return undefined;
  return { descr, order, shape };
}

function readShape(tuple: string): number[] | undefined {
  if (!SIZES.test(tuple)) return undefined;
  const sizes = tuple.split(',').flatMap((size) => (size.trim() ? [Number.parseInt(size, 10)] : []));
  // Python takes (2) for a number.
  const isTuple = sizes.length !== 1 || tuple.includes(',');
  return isTuple && sizes.length <= MOST_DIMENSIONS && sizes.every(Number.isSafeInteger) ? sizes : undefined;
}
