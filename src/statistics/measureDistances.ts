/**
 * Measures how far each map is from the same map of another image: the root of the sum of the squared differences.
 *
 * @param values Value `p · channels + c` is pixel p of map c.
 * @param other As many values.
 * @returns One a map. Pixels where either value is NaN, or both are the same infinity, do not count.
 */
export function measureDistances(values: Float32Array, other: Float32Array, channels: number): number[] {
  const sums = new Float64Array(channels);
  for (let at = 0; at < values.length; at++) {
    const difference = values[at]! - other[at]!;
    if (!Number.isNaN(difference)) sums[at % channels]! += difference * difference;
  }
  return Array.from(sums, Math.sqrt);
}
