import { parseJson } from '../common/parseJson';

/**
 * Reads the names of classes from the text of a file: a name a line, a list of JSON, or an object of JSON with the numbers of
 * the classes as keys, whose values are names, or lists that end with them, as Keras' `imagenet_class_index.json` has them.
 *
 * @returns In the order of the classes; an empty name for a number that is left out.
 * @throws RangeError whose message is the reason alone.
 */
export function parseLabels(text: string): string[] {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (content === '') throw new RangeError('no names');
  if (!/^[[{]/.test(content)) return content.split(/\r\n|\r|\n/).map((line) => line.trim());
  const json = parseJson(content, 3);
  const entries = Object.entries(json as object);
  const names: string[] = [];
  for (const [key, value] of entries) {
    const index = Number(key);
    if (!/^\d+$/.test(key) || index > MOST)
      throw new RangeError(`a key that is no number of a class: ${key}`);
    const name: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof name !== 'string') throw new RangeError(`no name for the class ${key}`);
    names[index] = name;
  }
  if (names.length === 0) throw new RangeError('no names');
  return Array.from(names, (name) => name ?? '');
}

/** The number of a class at the most. */
const MOST = 2 ** 20;
