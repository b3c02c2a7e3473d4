import { formatValue } from '../common/formatValue';
import type { Figure } from '../common/types';
import type { MapStatistics } from '../statistics/describeMaps';
import type { SortKey } from '../statistics/sortChannels';
import { formatShare } from './formatShare';
import { ORDERS } from './orders';

/** Says how many maps of how many are shown, in which order and colours, and what there is to know of all of them. */
export function describeLayer(
  statistics: readonly MapStatistics[],
  { tiles, domain, lostNaN }: Figure,
  sort: SortKey,
): string {
  const average = (part: 'zeros' | 'nonFinite') =>
    statistics.reduce((sum, map) => sum + map[part], 0) / statistics.length;
  const dead = statistics.filter((map) => map.dead).length;
  const nonFinite = average('nonFinite');
  return [
    `${tiles.length} of ${statistics.length} maps, ${ORDERS[sort]}`,
    domain
      ? `colours from ${domain.map((value) => formatValue(value)).join(' to ')}`
      : 'colours by each map’s own range',
    `${formatShare(average('zeros'))} zeros`,
    ...(dead > 0 ? [`${dead} dead`] : []),
    ...(nonFinite > 0 ? [`${formatShare(nonFinite)} not finite`] : []),
    ...(lostNaN ? ['NaN went in and came out as numbers'] : []),
  ].join(' · ');
}
