import { describeValue } from '../common/errors';

/**
 * Flattens nested arrays, all rows of which must be of one length.
 *
 * @returns The values in order and the shape; no value where one of the sizes is 0, or where the arrays nest deeper than
 * any input of a network, which is for the caller to refuse.
 * @throws TypeError or RangeError naming the place where they are not alike.
 */
export function flattenNumbers(nested: readonly unknown[]): {
  readonly values: readonly number[];
  readonly shape: readonly number[];
} {
  const shape: number[] = [];
  const values: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    // An array may contain itself.
    if (level.length === 0 || shape.length > 6) return { values, shape };
  }
  const visit = (level: unknown, depth: number, path: string): void => {
    if (depth === shape.length) {
      if (typeof level !== 'number')
        throw new TypeError(`img${path}: expected a number, got ${describeValue(level)}`);
      values.push(level);
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) {
      const got = Array.isArray(level) ? `${level.length}` : describeValue(level);
      throw new RangeError(`img${path}: expected ${shape[depth]} elements as in the first, got ${got}`);
    }
    for (let index = 0; index < level.length; index++) visit(level[index], depth + 1, `${path}[${index}]`);
  };
  visit(nested, 0, '');
  return { values, shape };
}
