import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import { isRecord, type KerasConfig } from './KerasConfig';

/** Lists and objects inside each other: a layer inside of layers takes four. */
const DEEPEST = 1000;

/**
 * Parses what Keras has written as JSON.
 *
 * @param name What it is, for messages.
 * @throws Error if it is no JSON, no object, or deeper than what can be converted.
 */
export function parseJson(name: string, text: string | Uint8Array): KerasConfig {
  const value = parse(name, typeof text === 'string' ? text : new TextDecoder().decode(text));
  if (!isRecord(value)) throw new Error(`${name}: expected an object, got ${describeValue(value)}`);
  requireShallow(name, value);
  return value;
}

/** Layer by layer, in place of recursion, which what is too deep would end. */
function requireShallow(name: string, value: unknown): void {
  let inside = [value];
  for (let depth = 0; inside.length > 0; depth++) {
    if (depth > DEEPEST) {
      throw new Error(`${name}: expected at most ${DEEPEST} lists and objects inside each other, got more`);
    }
    inside = inside.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name}: expected JSON, got ${quote(text)}`, { cause });
  }
}
