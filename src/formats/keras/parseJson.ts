import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import { isRecord, type KerasConfig } from './KerasConfig';

/**
 * Parses what Keras has written as JSON.
 *
 * @param name What it is, for messages.
 * @throws Error if it is no JSON, or no object.
 */
export function parseJson(name: string, text: string | Uint8Array): KerasConfig {
  const value = parse(name, typeof text === 'string' ? text : new TextDecoder().decode(text));
  if (!isRecord(value)) throw new Error(`${name}: expected an object, got ${describeValue(value)}`);
  return value;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name}: expected JSON, got ${quote(text)}`, { cause });
  }
}
