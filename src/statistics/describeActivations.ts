import { requireWholeNumber } from '../common/errors';
import { requireActivation } from '../common/requireActivation';
import { requireOptions } from '../common/requireOptions';
import type { Activation } from '../common/types';
import type { LayerStatistics } from './LayerStatistics';
import { addActivation, summarizeLayer } from './layerState';

/** Bins of a histogram at the most: more than any picture has columns for, and few enough to add up in no time. */
const MOST_BINS = 65_536;

export interface DescribeActivationsOptions {
  /**
   * Bins of the histogram at the most, 2 to 65,536. Their width is a power of two, so there are between half as many and as
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
 * @throws TypeError if `activation` is none; RangeError if its data does not fill its shape, or `bins` is too small or too large.
 */
export function describeActivations(
  activation: Activation,
  options: DescribeActivationsOptions = {},
): LayerStatistics {
  requireActivation(activation);
  requireOptions(options, { bins: true });
  const { bins = 64 } = options;
  requireBins(bins);
  return summarizeLayer(addActivation(undefined, activation, bins));
}

/** @throws RangeError unless `bins` is a number of bins that a histogram can have. */
export function requireBins(bins: unknown): void {
  requireWholeNumber('bins', bins, 2, MOST_BINS);
}
