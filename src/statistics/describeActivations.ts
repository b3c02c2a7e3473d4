import { requireOptions, requireWholeNumber } from '../common/errors';
import { requireActivation } from '../common/requireActivation';
import type { Activation } from '../common/types';
import type { LayerStatistics } from './LayerStatistics';
import { addActivation, summarizeLayer } from './layerState';

export interface DescribeActivationsOptions {
  /**
   * Bins of the histogram at the most, 2 or more. Their width is a power of two, so there are between half as many and as
   * many.
   * @defaultValue 64
   */
  bins?: number | undefined;
}

/**
 * Describes what a layer put out for the images of an activation: range, mean, standard deviation, the shares of zeros, NaN
 * and infinities, a histogram, and which maps are dead, for all of it and map by map.
 *
 * @param activation Of one to five sizes; its last axis are the channels.
 * @throws TypeError if `activation` is none; RangeError if its data does not fill its shape, or `bins` is too small.
 */
export function describeActivations(
  activation: Activation,
  options: DescribeActivationsOptions = {},
): LayerStatistics {
  requireActivation(activation);
  requireOptions(options);
  const { bins = 64 } = options;
  requireWholeNumber('bins', bins, 2);
  return summarizeLayer(addActivation(undefined, activation, bins));
}
