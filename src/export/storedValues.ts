import { describeValue } from '../common/errors';
import type { Activation, Figure } from '../common/types';
import { checkActivation, checkFigure } from './checkItems';

/** Numbers that JSON has no sign for, as `jsonNumbers` writes them. */
const TEXTS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** @throws RangeError if a value of a file is no number. */
export function readNumber(path: string, value: unknown): number {
  // One that is too large for a double, such as 1e999, is no number of ours either.
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const number = TEXTS.get(value);
  if (number !== undefined) return number;
  throw new RangeError(`${path}: expected a number, got ${describeValue(value)}`);
}

/** @throws RangeError if a value of a file is no array. */
export function readList(path: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError(`${path}: expected an array, got ${describeValue(value)}`);
}

/**
 * Reads an object of a file.
 *
 * @param others Fields that come from elsewhere, and would stand above it.
 * @throws RangeError if it is none, or has one of those fields.
 */
export function readObject<Item extends object>(
  path: string,
  value: unknown,
  others: readonly string[] = [],
): Item {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${path}: expected an object, got ${describeValue(value)}`);
  }
  const other = others.find((field) => Object.hasOwn(value, field));
  if (other !== undefined) throw new RangeError(`${path}: expected no field "${other}"`);
  return value as Item;
}

/** @throws RangeError if what a file holds is not two lists, of activations and of figures, and nothing else. */
export function readLists(
  path: string,
  value: unknown,
): Record<'activations' | 'figures', readonly unknown[]> {
  const { activations, figures, ...others } = readObject<Record<string, unknown>>(path, value);
  const [other] = Object.keys(others);
  if (other !== undefined) throw new RangeError(`${path}: expected no field ${describeValue(other)}`);
  return {
    activations: readList(`${path}.activations`, activations),
    figures: readList(`${path}.figures`, figures),
  };
}

/** A range, in which there may be numbers that JSON has no sign for; for others to check if it is none. */
export function readRange(path: string, domain: unknown): { domain?: readonly [number, number] } {
  if (!Array.isArray(domain)) return domain === undefined ? {} : { domain: domain as never };
  return { domain: domain.map((end, at) => readNumber(`${path}.domain[${at}]`, end)) as never };
}

/** @throws RangeError if what has been read is no whole activation. */
export function acceptActivation(path: string, activation: Activation): Activation {
  return accept(activation, () => checkActivation(path, activation));
}

/** @throws RangeError if what has been read is no whole figure. */
export function acceptFigure(path: string, figure: Figure): Figure {
  return accept(figure, () => checkFigure(path, figure));
}

/** What is of the wrong kind is so in the file, not in what the caller passed. */
function accept<Item>(item: Item, check: () => void): Item {
  try {
    check();
    return item;
  } catch (cause) {
    throw new RangeError((cause as Error).message, { cause });
  }
}
