/** interim */
export function measureDistances(values: Float32Array, other: Float32Array, channels: number): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let at = 0; at < values.length; at++) {
    const difference = values[at]! - other[at]!;
    if (!Number.isNaN(difference)) sums[at % channels]! += difference * difference;
  }
  return sums.map(Math.sqrt);
}
