/** Says where two arrays differ first by more than `tolerance`; `undefined` if they do not. */
export function firstDifference(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 0,
): string | undefined {
  if (got.length !== expected.length) return `${got.length} values, expected ${expected.length}`;
  for (let at = 0; at < got.length; at++) {
    if (!(Math.abs(got[at]! - expected[at]!) <= tolerance))
      return `[${at}]: ${got[at]}, expected ${expected[at]}`;
  }
  return undefined;
}
