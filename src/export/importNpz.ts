import { describeValue, requireWholeNumber } from '../common/errors';
import { parseJson } from '../common/parseJson';
import { requireOptions } from '../common/requireOptions';
import type { Activation } from '../common/types';
import type { ExportedItems } from './ExportedItems';
import { DEEPEST, LARGEST } from './limits';
import { readNpy } from './npyFormat';
import { toFloats } from './npyValues';
import { METADATA, type NpzMetadata } from './npzLayout';
import { type NpzEntries, openNpz } from './openNpz';
import { readNpzFigure } from './readNpzFigure';
import { acceptActivation, readLists, readObject } from './storedValues';

/** Bytes of the text that says what the arrays are: it becomes objects, which take more. */
const LONGEST = 2 ** 26;

/** Characters that are put together at a time. */
const STEP = 4096;

type StoredActivation = NpzMetadata['activations'][number];

export interface ImportNpzOptions {
  /**
   * Bytes that the file's arrays may take at the most: unpacked, and as float32. A small file may claim any size.
   * @defaultValue `268435456`, 256 MB
   */
  maxBytes?: number | undefined;
}

/**
 * Reads a `.npz` file: activations and figures as `exportNpz` wrote them, or any arrays of numbers that `numpy.savez` or
 * `numpy.savez_compressed` wrote, as activations by their names. So are arrays that somebody has added to those of `exportNpz`.
 *
 * @param file Its bytes.
 * @throws TypeError if `file` is no bytes; RangeError saying what is wrong with it.
 */
export function importNpz(file: Uint8Array, options: ImportNpzOptions = {}): ExportedItems {
  requireOptions(options, { maxBytes: true });
  const { maxBytes = LARGEST } = options;
  requireWholeNumber('maxBytes', maxBytes, 1);
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`file: expected the bytes of a .npz file, got ${describeValue(file)}`);
  }
  const entries = openNpz(file, maxBytes);
  let left = maxBytes;
  const readArray = (name: string): Pick<Activation, 'shape' | 'data'> =>
    entries.read(name, (bytes) => {
      const array = readNpy('file', bytes);
      const data = toFloats('file', array, left);
      left -= data.byteLength;
      return { shape: array.shape, data };
    });
  const metadata = entries.has(METADATA) ? readMetadata(entries) : { activations: [], figures: [] };
  const activations = metadata.activations.map((stored, index) => {
    const path = `file.activations[${index}]`;
    const { entry, ...rest } = readObject<StoredActivation>(path, stored, ['shape', 'data']);
    return acceptActivation(path, { ...rest, ...readArray(entry) });
  });
  const figures = metadata.figures.map((stored, index) =>
    readNpzFigure(`file.figures[${index}]`, stored, entries),
  );
  const others = entries.listUnread().map((name) => ({ layerName: name, className: '', ...readArray(name) }));
  return { activations: [...activations, ...others], figures };
}

function readMetadata(entries: NpzEntries) {
  const text = entries.read(METADATA, (file) => {
    const { descr, shape, bytes } = readNpy('file', file);
    if (descr !== `<U${bytes.length / 4}` || shape.length > 0) {
      throw new RangeError(
        `file: expected a text, got ${describeValue(descr)} of ${shape.length} dimensions`,
      );
    }
    if (bytes.length > LONGEST) {
      throw new RangeError(`file: expected a text of at most ${LONGEST} bytes, got ${bytes.length}`);
    }
    return decodeText(bytes);
  });
  try {
    return readLists('file', parseJson(text, DEEPEST));
  } catch (cause) {
    const { message } = cause as Error;
    const isOurs = message.startsWith('file');
    const other = `file: expected a text of JSON in its array "${METADATA}", got ${message}`;
    throw new RangeError(isOurs ? message : other, { cause });
  }
}

/** A text as numpy keeps it, four bytes a character. */
function decodeText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const codes = Array.from({ length: Math.min(STEP, bytes.length / 4) }, () => 0);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    let count = 0;
    for (; count < codes.length && at < bytes.length; at += 4) {
      const code = view.getUint32(at, true);
      if (code > 0x10ffff) throw new RangeError('file: expected a text, got a character that is none');
      codes[count++] = code;
    }
    parts.push(String.fromCodePoint(...codes.slice(0, count)));
  }
  return parts.join('');
}
