import { quote } from '../quote';

/** Letters of a path that a message shows. */
const MOST_LETTERS = 100;

/** Quotes a path for a message, cut in the middle where it is long: the name of the file is at its end. */
export function quotePath(path: string): string {
  return quote(path, MOST_LETTERS);
}
