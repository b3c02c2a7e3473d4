import { describeValue } from './errors';
import { findNearest } from './listNearest';

/** Letters of an unknown name that a message repeats. */
const MOST_LETTERS = 60;

/**
 * Checks that the options of a function are an object, and that it has no names but those of its interface, so that a
 * misspelt option is no silent default.
 *
 * The list is typed by the options: tsc refuses one that lacks a name of the interface, and one that has another. `false`
 * takes a name out of a list that is spread into it.
 *
 * @param name What the options are called, for the errors.
 * @throws TypeError naming what they were, or the option that there is not and the nearest that there is.
 */
export function requireOptions<Options extends object, const Names extends Record<keyof Options, true>>(
  options: Options,
  names: Names & { readonly [Name in Exclude<keyof Names, keyof Options>]: false },
  name = '',
): void {
  if (Object.prototype.toString.call(options) !== '[object Object]') {
    throw new TypeError(`${name || 'options'}: expected an object, got ${describeValue(options)}`);
  }
  const isKnown = (each: string) => Object.hasOwn(names, each) && names[each as keyof typeof names];
  const unknown = Object.keys(options).find((each) => !isKnown(each));
  if (unknown === undefined) return;
  const known = Object.keys(names).filter(isKnown);
  const prefix = name && `${name}.`;
  const nearest = findNearest(known, unknown);
  const hint = nearest
    ? `did you mean ${prefix}${nearest}?`
    : `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
  const asked = /^[\w$-]+$/.test(unknown) ? unknown : JSON.stringify(unknown.slice(0, MOST_LETTERS));
  throw new TypeError(`${prefix}${asked.slice(0, MOST_LETTERS)}: unknown option; ${hint}`);
}
