import { describeValue, formatShape, requireWholeNumber } from '../common/errors';
import type { Activation } from '../common/types';
import { describeMaps } from '../statistics/describeMaps';
import { measureDistances } from '../statistics/measureDistances';
import { measureVariances } from '../statistics/measureVariances';
import { sortChannels } from '../statistics/sortChannels';
import type { ArrangedMaps } from './arrangeMaps';
import type { ChannelSort, FigureOptions } from './FigureOptions';
import { requireChannels } from './requireFigureInput';

const SORTS: readonly ChannelSort[] = ['index', 'maximum', 'mean', 'variance', 'zeros', 'distance'];

/**
 * Chooses the maps of a figure: those asked for, in the order asked for, and the first of them.
 *
 * @param arrange Sees the other activation as the maps of this one have been seen.
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function chooseChannels(
  activation: Activation,
  maps: ArrangedMaps,
  { channels, sort = 'index', distanceTo, first }: FigureOptions,
  arrange: (other: Activation) => ArrangedMaps,
): number[] {
  if (channels !== undefined) requireChannels('channels', channels, maps.count);
  if (!SORTS.includes(sort)) {
    throw new RangeError(
      `sort: expected one of ${SORTS.map((key) => `'${key}'`).join(', ')}, got ${describeValue(sort)}`,
    );
  }
  if (first !== undefined) requireWholeNumber('first', first, 1);
  requireOther(activation, sort, distanceTo);
  const chosen = channels ?? Array.from({ length: maps.count }, (_, channel) => channel);
  if (sort === 'index') return chosen.slice(0, first);

  const order =
    sort === 'distance' || sort === 'variance'
      ? sortByKey(
          distanceTo
            ? measureDistances(maps.values, arrange(distanceTo).values, maps.count)
            : measureVariances(maps.values, maps.count),
        )
      : sortChannels(describeMaps(toActivation(maps)), sort);
  const wanted = new Set(chosen);
  return order.filter((channel) => wanted.has(channel)).slice(0, first);
}

/** The arranged maps as an activation of images, slices below each other. */
export function toActivation({ width, height, count, values, slices = 1 }: ArrangedMaps): Activation {
  return { layerName: '', className: '', shape: [1, slices * height, width, count], data: values };
}

function sortByKey(keys: readonly number[]): number[] {
  return keys
    .map((key, channel) => ({ key: Number.isNaN(key) ? Number.NEGATIVE_INFINITY : key, channel }))
    .sort((a, b) => b.key - a.key || a.channel - b.channel)
    .map(({ channel }) => channel);
}

function requireOther(activation: Activation, sort: ChannelSort, other: Activation | undefined): void {
  if (sort !== 'distance') {
    if (other === undefined) return;
    throw new TypeError(
      `distanceTo: expected none unless sort is 'distance', got ${describeValue(other)} and sort ${describeValue(sort)}`,
    );
  }
  if (!(other?.data instanceof Float32Array) || !Array.isArray(other.shape)) {
    throw new TypeError(
      `distanceTo: expected the activation of another image for sort 'distance', got ${describeValue(other)}`,
    );
  }
  const [size, otherSize] = [activation.shape.slice(1), other.shape.slice(1)];
  if (String(size) !== String(otherSize) || other.data.length < size.reduce((one, two) => one * two, 1)) {
    throw new RangeError(
      `distanceTo: expected the shape ${formatShape(['batch', ...size])}, got ${formatShape(other.shape)}`,
    );
  }
}
