/** How many maps become one. */
export type ChannelCombination = 'mean' | 'maximum' | 'sum';

/**
 * Combines interleaved maps: value `p · count + c` of `values` is pixel p of map c. Sums are in double precision.
 *
 * @param channels Those that are combined, each once.
 * @returns A value a pixel; NaN where no channel has a finite one.
 */
export function combineValues(
  values: Float32Array,
  count: number,
  channels: readonly number[],
  how: ChannelCombination,
): Float32Array {
  const combined = new Float32Array(values.length / count);
  for (let pixel = 0; pixel < combined.length; pixel++) {
    let [sum, largest, finite] = [0, Number.NEGATIVE_INFINITY, 0];
    for (const channel of channels) {
      const value = values[pixel * count + channel]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      if (value > largest) largest = value;
      finite++;
    }
    if (finite === 0) combined[pixel] = Number.NaN;
    else combined[pixel] = how === 'maximum' ? largest : how === 'sum' ? sum : sum / finite;
  }
  return combined;
}
