import { describe, expect, it } from 'vitest';
import type { MapStatistics } from '../../src/statistics/describeMaps';
import { sortChannels } from '../../src/statistics/sortChannels';

const maps = [
  { max: 2, mean: 1, zeros: 0.5 },
  { max: 9, mean: -1, zeros: 0 },
  { max: Number.NaN, mean: Number.NaN, zeros: 0 },
  { max: 2, mean: 3, zeros: 1 },
].map((map, channel): MapStatistics => ({ ...map, channel, min: 0, nonFinite: 0, dead: false }));

describe('sortChannels', () => {
  it.each([
    ['index', [0, 1, 2, 3]],
    ['maximum', [1, 0, 3, 2]],
    ['mean', [3, 0, 1, 2]],
    ['zeros', [3, 0, 1, 2]],
  ] as const)('by %s: the largest first, equal ones by number, NaN last', (by, order) => {
    expect(sortChannels(maps, by)).toEqual(order);
  });

  it('goes by the numbers of the channels, not by where they stand', () => {
    const some = [3, 0, 1].map((channel) => maps[channel]!);
    expect(sortChannels(some, 'maximum')).toEqual([1, 0, 3]);
    expect(sortChannels(some, 'index')).toEqual([0, 1, 3]);
  });
});
