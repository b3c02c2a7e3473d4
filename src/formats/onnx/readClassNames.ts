import { readFields, readMessage, readText } from './file/readFields';

/** `0: 'person'`, as Python writes a dictionary. */
const ENTRY = /(\d+)\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

/**
 * Reads the names of the classes that Ultralytics' export writes into a file's `metadata_props`: `names`, of
 * `{0: 'person', 1: 'bicycle'}`.
 *
 * @returns `undefined` if there are none, or not of every class from the first on.
 */
export function readClassNames(bytes: Uint8Array): string[] | undefined {
  for (const field of readFields(bytes)) {
    if (field.id !== 14) continue;
    let [key, value] = ['', ''];
    for (const part of readFields(readMessage(field))) {
      if (part.id === 1) key = readText(part);
      else if (part.id === 2) value = readText(part);
    }
    if (key === 'names') return parseNames(value);
  }
  return undefined;
}

function parseNames(text: string): string[] | undefined {
  const names: string[] = [];
  for (const [, index, single, double] of text.matchAll(ENTRY)) {
    if (Number(index) !== names.length) return undefined;
    names.push((single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return names.length > 0 ? names : undefined;
}
