import { describeValue, formatShape } from '../common/errors';
import { quote } from '../common/quote';
import type { Activation } from '../common/types';
import { type ChannelCombination, combineValues } from './combineValues';
import type { FigureOptions } from './FigureOptions';
import { requireChannels } from './requireFigureInput';

const COMBINATIONS: readonly ChannelCombination[] = ['mean', 'maximum', 'sum'];

/** Options that say something of each map, where there is but one. */
const OF_MANY = ['sort', 'distanceTo', 'first', 'markDead'] as const;

/**
 * Makes one channel of several: value by value their mean, maximum or sum, NaN and the infinities left out. A value for which
 * none is left is NaN.
 *
 * @param activation Shape `[batch, …, channels]`, of three sizes or more.
 * @param options `channels` that are combined, by default all; a channel that is named twice counts once.
 * @param image The only image to do so for; by default all of the batch.
 * @returns An activation of one channel; the same one where nothing is to be combined and no image is chosen.
 * @throws TypeError or RangeError naming the option that is wrong, or that makes no sense beside `combine`.
 */
export function combineChannels(activation: Activation, options: FigureOptions, image?: number): Activation {
  const { combine, channels } = options;
  if (combine === undefined) return activation;
  requireCombination(activation, options);
  const { shape, data } = activation;
  const count = shape.at(-1)!;
  const chosen = [...new Set(channels ?? Array.from({ length: count }, (_, channel) => channel))];
  const size = data.length / shape[0]!;
  const values = image === undefined ? data : data.subarray(image * size, (image + 1) * size);
  return {
    ...activation,
    shape: [image === undefined ? shape[0]! : 1, ...shape.slice(1, -1), 1],
    data: combineValues(values, count, chosen, combine),
  };
}

/** Says what one map has been made of: `'mean of 16 maps'`, `'sum of 3 of 16 maps'`; `undefined` where nothing was combined. */
export function describeCombination(
  { shape }: Activation,
  { combine, channels }: FigureOptions,
): string | undefined {
  if (combine === undefined) return undefined;
  const count = shape.at(-1)!;
  const chosen = new Set(channels).size || count;
  return `${combine} of ${chosen === count ? '' : `${chosen} of `}${count} map${count === 1 ? '' : 's'}`;
}

function requireCombination({ layerName, shape }: Activation, options: FigureOptions): void {
  const { combine, channels } = options;
  if (!COMBINATIONS.includes(combine!)) {
    throw new RangeError(`combine: expected 'mean', 'maximum' or 'sum', got ${describeValue(combine)}`);
  }
  if (shape.length < 3) {
    throw new RangeError(
      `combine: expected a layer of maps or sequences, got the shape ${formatShape(shape)} of the layer ${quote(layerName)}`,
    );
  }
  if (channels !== undefined) requireChannels('channels', channels, shape.at(-1)!);
  for (const name of OF_MANY) {
    const value = options[name];
    if (value === undefined || value === false || value === 'index') continue;
    throw new TypeError(
      `${name}: expected none beside combine, which leaves one map, got ${describeValue(value)} and combine ${describeValue(combine)}`,
    );
  }
}
