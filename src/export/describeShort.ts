import { describeValue } from '../common/errors';

/** Says what a value is, in no more characters than a message has room for: what comes from a file may be of any length. */
export function describeShort(value: unknown): string {
  const text = describeValue(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
