import type { Activation } from '../common/types';
import { combineChannels } from './combineChannels';
import type { FigureOptions } from './FigureOptions';
import { findSharedRange } from './measureRange';
import { requireScaling } from './requireScaling';
import { isPlainScaling, type Scaling, type ScalingOptions } from './scaling';

/**
 * Makes a scaling that all layers share into a fixed range. Other scalings stay as they are, and so does one for which
 * there is no range, all values being one.
 *
 * @param combination What is drawn of each layer: its range counts, not that of what it is made of.
 * @throws TypeError or RangeError unless `scaling` is one of the kinds of {@link Scaling}.
 */
export function shareScale(
  activations: readonly Activation[],
  scaling: Scaling,
  combination: Pick<FigureOptions, 'combine' | 'channels'> = {},
): Scaling {
  requireScaling(scaling);
  if (isPlainScaling(scaling)) return scaling;
  const { per, ...options }: ScalingOptions = typeof scaling === 'string' ? { per: scaling } : scaling;
  if (per !== 'all') return scaling;
  const drawn = activations.map((activation) => combineChannels(activation, combination));
  const range = findSharedRange(drawn, options);
  return range[0] < range[1] ? { range, log: options.log } : scaling;
}
