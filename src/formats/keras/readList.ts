import type { Hdf5Group } from '../hdf5/Hdf5';

/**
 * Reads a list of names among the attributes of a group: a long one Keras cuts into pieces, `layer_names0`, `layer_names1`, …
 *
 * @returns `undefined` if there is none.
 */
export function readList({ attributes }: Hdf5Group, name: string): string[] | undefined {
  const pieces = attributes.has(name) ? [attributes.get(name)] : readPieces(attributes, name);
  return pieces.length === 0 ? undefined : pieces.flat().filter((each) => typeof each === 'string');
}

/** Reads a text, which may be cut into pieces too. */
export function readText({ attributes }: Hdf5Group, name: string): string | undefined {
  const pieces = attributes.has(name) ? [attributes.get(name)] : readPieces(attributes, name);
  const texts = pieces.flat().filter((each) => typeof each === 'string');
  return texts.length === 0 ? undefined : texts.join('');
}

function readPieces(attributes: Hdf5Group['attributes'], name: string): unknown[] {
  const pieces: unknown[] = [];
  while (attributes.has(`${name}${pieces.length}`)) pieces.push(attributes.get(`${name}${pieces.length}`));
  return pieces;
}
