import { describeValue } from '../common/errors';

/** Checks the option; whether the page can have threads is another question. */
export function requireThreads(threads: unknown): void {
  if (typeof threads === 'boolean' || (Number.isSafeInteger(threads) && (threads as number) >= 1)) return;
  const message = `threads: expected true, false or a whole number of at least 1, got ${describeValue(threads)}`;
  throw typeof threads === 'number' ? new RangeError(message) : new TypeError(message);
}
