/** The value below which `share` of the numbers lie, interpolated between neighbours. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** Median and the quartiles around it. */
export function summarize(numbers) {
  return { median: quantile(numbers, 0.5), low: quantile(numbers, 0.25), high: quantile(numbers, 0.75) };
}

/** The largest difference between two lists of number arrays; infinite where they cannot be compared. */
export function largestDifference(actual, expected) {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [list, values] of actual.entries()) {
    if (values.length !== expected[list].length) return Number.POSITIVE_INFINITY;
    for (let at = 0; at < values.length; at++) {
      const difference = Math.abs(values[at] - expected[list][at]);
      if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY; // what is no number agrees with nothing
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}
