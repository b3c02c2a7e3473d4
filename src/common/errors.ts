import { quote, shorten } from './quote';

/** Letters of a text that a message repeats. */
const MOST_LETTERS = 50;

/** Says in a few words what a value is, for the "got …" half of an error message. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') return quote(value, MOST_LETTERS);
  if (typeof value === 'function') {
    return value.name ? `the function ${shorten(value.name, MOST_LETTERS)}` : 'a function';
  }
  if (Array.isArray(value)) {
    // Spread, since `every` passes over holes.
    return value.length <= 8 && [...value].every(isPlain) ? formatShape(value) : 'an array';
  }
  if (typeof value === 'object') {
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== '' && name !== 'Object'
      ? `a ${shorten(name, MOST_LETTERS)}`
      : 'an object';
  }
  return `a ${typeof value}`;
}

/** Writes a shape as `[28, 28, 1]`; an open dimension is `?`. */
export function formatShape(shape: readonly unknown[]): string {
  return `[${Array.from(shape, (size) => describeSize(size)).join(', ')}]`;
}

function describeSize(size: unknown): string {
  if (size === null || size === undefined) return '?';
  return typeof size === 'string' ? shorten(size, 24) : describeValue(size);
}

/** @throws TypeError if `value` is not true or false. */
export function requireBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name}: expected true or false, got ${describeValue(value)}`);
  }
}

/** @throws TypeError if `value` is not a string. */
export function requireString(name: string, value: unknown): void {
  if (typeof value !== 'string')
    throw new TypeError(`${name}: expected a string, got ${describeValue(value)}`);
}

/** @throws TypeError if `value` is neither a function nor undefined. */
export function requireCallback(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw new TypeError(`${name}: expected a function, got ${describeValue(value)}`);
}

/** @throws TypeError if `signal` is neither an `AbortSignal`, of whatever window, nor undefined. */
export function requireSignal(signal: unknown): void {
  const { aborted, throwIfAborted } = Object(signal) as Partial<AbortSignal>;
  if (signal === undefined || (typeof aborted === 'boolean' && typeof throwIfAborted === 'function')) return;
  throw new TypeError(`signal: expected an AbortSignal, got ${describeValue(signal)}`);
}

/**
 * Returns `value` if it is a whole number of at least `minimum`, and at most `maximum` if there is one.
 *
 * @throws RangeError naming the argument, what it was and what it must be.
 */
export function requireWholeNumber(
  name: string,
  value: unknown,
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum)
    return value as number;
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new RangeError(`${name}: expected a whole number ${range}, got ${describeValue(value)}`);
}

/** What an array may hold that is written out; a longer text would be most of the message. */
function isPlain(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= MOST_LETTERS / 2)
  );
}
