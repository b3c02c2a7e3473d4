import { shortenNames } from './shortenNames';

/**
 * Finds the names that are meant by short ones.
 *
 * @param asked Full names and short ones; what is neither stays.
 */
export function findFullNames(names: readonly string[], asked: readonly string[]): string[] {
  const known = new Set(names);
  if (asked.every((name) => known.has(name))) return [...asked];
  const fullNames = new Map(shortenNames(names).map((short, index) => [short, names[index]!]));
  return Array.from(asked, (name) => (known.has(name) ? name : (fullNames.get(name) ?? name)));
}
