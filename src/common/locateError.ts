import { quote } from './quote';

/**
 * Says where an error comes from: the same kind of error, whose message begins with the place, and whose cause is the
 * error itself. One that names such a place already, and what is no error, stays as it is.
 *
 * @param kind What kind of place it is: `'layer'`.
 * @param path Which one.
 * @param words What to say of it in place of the error's own message.
 */
export function locateError(kind: string, path: string, error: unknown, words?: string): unknown {
  if (!(error instanceof Error)) return error;
  const name = quote(path);
  if (error.message.startsWith(`${kind} "`) || (words === undefined && error.message.includes(name))) {
    return error;
  }
  const ErrorClass = error.constructor as new (message: string) => Error;
  const located = new ErrorClass(`${kind} ${name}: ${words ?? error.message}`);
  // Set apart: an error class of somebody else's may take the message alone.
  Object.defineProperty(located, 'cause', { value: error, writable: true, configurable: true });
  return located;
}
