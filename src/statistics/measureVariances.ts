/**
 * Measures how far the values of each map are spread: the mean of the squared distances to their mean.
 *
 * @param values Value `p · channels + c` is pixel p of map c.
 * @returns One a map, of its finite values; `NaN` where it has none.
 */
export function measureVariances(values: Float32Array, channels: number): number[] {
  return Array.from({ length: channels }, (_, channel) => {
    let [count, mean, squares] = [0, 0, 0];
    // By Welford's recurrence, which does not lose the variance of large numbers that lie close together.
    for (let at = channel; at < values.length; at += channels) {
      const value = values[at]!;
      if (!Number.isFinite(value)) continue;
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }
    return count === 0 ? Number.NaN : squares / count;
  });
}
