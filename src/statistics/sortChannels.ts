import type { MapStatistics } from './describeMaps';

/** What decides the order of a layer's maps; all but `'index'` put the largest first. */
export type SortKey = 'index' | 'maximum' | 'mean' | 'zeros';

const FIELDS = { index: undefined, maximum: 'max', mean: 'mean', zeros: 'zeros' } as const;

/**
 * Puts the channels of a layer in order; those that are equal stay in the order of their numbers, NaN comes last.
 *
 * @returns Every channel once.
 */
export function sortChannels(statistics: readonly MapStatistics[], by: SortKey): number[] {
  const field = FIELDS[by];
  const channels = statistics.map(({ channel }) => channel);
  if (field === undefined) return channels;
  const keys = statistics.map((map) => (Number.isNaN(map[field]) ? Number.NEGATIVE_INFINITY : map[field]));
  // The order is stable, and equal keys differ by NaN where both are infinite.
  return channels.sort((one, other) => keys[other]! - keys[one]! || 0);
}
