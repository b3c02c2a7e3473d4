import { formatShape } from '../common/errors';

/** The error for a value that is not finite: what it is, and where, index by index. */
export function nonFinite(value: number, at: number, shape: readonly number[]): RangeError {
  const position: number[] = [];
  for (let rest = at, axis = shape.length - 1; axis >= 0; axis--) {
    position.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return new RangeError(`img: expected finite values, got ${value} at ${formatShape(position)}`);
}
