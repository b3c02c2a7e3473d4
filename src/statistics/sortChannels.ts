import type { MapStatistics } from './describeMaps';

/** What decides the order of a layer's maps; all but `'index'` put the largest first. */
export type SortKey = 'index' | 'maximum' | 'mean' | 'zeros';

const KEYS: Readonly<Record<SortKey, (map: MapStatistics) => number>> = {
  index: () => 0,
  maximum: ({ max }) => max,
  mean: ({ mean }) => mean,
  zeros: ({ zeros }) => zeros,
};

/**
 * Puts the channels of a layer in order; those that are equal stay in the order of their numbers, NaN comes last.
 *
 * @returns Every channel once.
 */
export function sortChannels(statistics: readonly MapStatistics[], by: SortKey): number[] {
  const ranked = statistics.map((map) => {
    const key = KEYS[by](map);
    return { channel: map.channel, key: Number.isNaN(key) ? Number.NEGATIVE_INFINITY : key };
  });
  // Of two infinite keys the difference is NaN, as false as 0.
  return ranked
    .sort((one, other) => other.key - one.key || one.channel - other.channel)
    .map(({ channel }) => channel);
}
