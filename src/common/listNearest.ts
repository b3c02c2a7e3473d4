import { quote } from './quote';

/** Names that a message lists at the most. */
const MOST = 10;

/** Letters of a list, so that a message which it is part of has 400 at the most. */
const MOST_WRITTEN = 240;

/** Letters of what was asked for that are compared: no name that is meant is longer. */
const MOST_LETTERS = 80;

/** Letters of a name that it is compared with. */
const MOST_COMPARED = 1000;

/**
 * Lists names for the message of an error: all in their order where they are few, or else the ten that are most like what
 * was asked for, the nearest first, or the first ten if it was no name; and how many more there are. Where names are long it lists fewer.
 *
 * How near a name is goes by the letters to be changed, added or taken away until what was asked for is part of it, whatever
 * their case, and then by how much shorter or longer it is.
 *
 * @param asked What was asked for.
 * @param describe Writes a name, in quotes unless it says otherwise.
 * @param mostWritten Letters of the list, at the most: names for which there is no room are among those that are only counted.
 * @returns `"a", "b" and 17 more`; `none` if there are none.
 */
export function listNearest(
  names: readonly string[],
  asked?: unknown,
  describe: (name: string, index: number) => string = (name) => quote(name),
  mostWritten = MOST_WRITTEN,
): string {
  if (names.length === 0) return 'none';
  let order = names.map((_, index) => index);
  if (names.length > MOST && typeof asked === 'string') {
    const wanted = asked.slice(0, MOST_LETTERS);
    const distances = names.map((name) => distanceInto(wanted, name.slice(0, MOST_COMPARED)));
    const spares = names.map((name) => Math.abs(name.length - wanted.length));
    order = order.sort((one, other) => distances[one]! - distances[other]! || spares[one]! - spares[other]!);
  }
  const list: string[] = [];
  let written = 0;
  for (const index of order.slice(0, MOST)) {
    const text = describe(names[index]!, index);
    written += text.length + ', '.length;
    if (list.length > 0 && written > mostWritten) break;
    list.push(text);
  }
  const more = names.length - list.length;
  return `${list.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * Finds the name that was meant by one that there is not: the one is part of the other, or all but a letter in four is.
 *
 * @returns `undefined` if none is as near as that.
 */
export function findNearest(names: readonly string[], asked: string): string | undefined {
  const wanted = asked.slice(0, MOST_LETTERS);
  let [nearest, least]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const name of names) {
    const shorter = Math.min(name.length, wanted.length);
    const distance = Math.min(distanceInto(wanted, name), distanceInto(name, wanted));
    // The letters by which one is longer decide between those that are as near.
    const rank = distance + Math.abs(name.length - wanted.length) / MOST_LETTERS;
    if (shorter < 3 || distance > Math.floor((shorter + 1) / 4) || rank >= least) continue;
    [nearest, least] = [name, rank];
  }
  return nearest;
}

/**
 * The edit distance from `wanted` to the part of `name` that is nearest to it.
 *
 * P. H. Sellers, The theory and computation of evolutionary distances (1980), section 3: the table of the edit distance, with
 * a first row of zeros, so that the part may begin anywhere, and the smallest number of the last row, so that it may end anywhere.
 */
function distanceInto(wanted: string, name: string): number {
  const letters = name.toLowerCase();
  let above = new Array<number>(letters.length + 1).fill(0);
  for (const [row, letter] of [...wanted.toLowerCase()].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= letters.length; column++) {
      const changed = above[column - 1]! + (letters[column - 1] === letter ? 0 : 1);
      line.push(Math.min(changed, above[column]! + 1, line[column - 1]! + 1));
    }
    above = line;
  }
  return Math.min(...above);
}
