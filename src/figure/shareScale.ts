import type { Activation } from '../common/types';
import { findSharedRange } from './measureRange';
import { requireScaling } from './requireScaling';
import { isPlainScaling, type Scaling, type ScalingOptions } from './scaling';

/**
 * Makes a scaling that all layers share into a fixed range. Other scalings stay as they are, and so does one for which
 * there is no range, all values being one.
 *
 * @throws TypeError or RangeError unless `scaling` is one of the kinds of {@link Scaling}.
 */
export function shareScale(activations: readonly Activation[], scaling: Scaling): Scaling {
  requireScaling(scaling);
  if (isPlainScaling(scaling)) return scaling;
  const { per, ...options }: ScalingOptions = typeof scaling === 'string' ? { per: scaling } : scaling;
  if (per !== 'all') return scaling;
  const range = findSharedRange(activations, options);
  return range[0] < range[1] ? { range, log: options.log } : scaling;
}
