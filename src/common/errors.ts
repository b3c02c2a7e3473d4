import { quote, shorten } from './quote';

/** Says in a few words what a value is, for the "got …" half of an error message. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function')
    return value.name ? `the function ${shorten(value.name, 60)}` : 'a function';
  if (Array.isArray(value))
    return value.length <= 8 && value.every(isPlain) ? formatShape(value) : 'an array';
  if (typeof value === 'object') {
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== '' && name !== 'Object'
      ? `a ${shorten(name, 60)}`
      : 'an object';
  }
  return `a ${typeof value}`;
}

/** Writes a shape as `[28, 28, 1]`; an open dimension is `?`. */
export function formatShape(shape: readonly unknown[]): string {
  return `[${shape.map((size) => (size === null || size === undefined ? '?' : shorten(String(size), 24))).join(', ')}]`;
}

/**
 * Checks that the options of a function are an object.
 *
 * @throws TypeError naming what they were.
 */
export function requireOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`options: expected an object, got ${describeValue(options)}`);
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

/**
 * Returns `value` if it is a whole number of at least `minimum`.
 *
 * @throws RangeError naming the argument, what it was and what it must be.
 */
export function requireWholeNumber(name: string, value: unknown, minimum: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum) return value;
  throw new RangeError(
    `${name}: expected a whole number of at least ${minimum}, got ${describeValue(value)}`,
  );
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'string';
}
