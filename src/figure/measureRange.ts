import { describeValue } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { Activation } from '../common/types';
import { findRange } from './findRange';
import { requireRangeOptions } from './requireScaling';
import { joinRanges, RANGE_OPTIONS, type Range, type RangeOptions } from './scaling';

export type MeasureRangeOptions = RangeOptions;

/**
 * Finds the range of all values of one or more activations: of several layers, several images, several calls. Given to
 * `createFigure` as `scaling`, it makes their figures comparable by colour.
 *
 * @returns The lowest and the highest value. Values that are not finite do not count.
 * @throws TypeError or RangeError naming the argument that is wrong; RangeError if there is no range: no finite value, or
 * none but one number.
 */
export function measureRange(
  activations: Activation | readonly Activation[],
  options: MeasureRangeOptions = {},
): Range {
  requireOptions(options, RANGE_OPTIONS);
  requireRangeOptions('', options);
  if (typeof activations !== 'object' || activations === null) {
    throw new TypeError(
      `activations: expected an activation or an array of them, got ${describeValue(activations)}`,
    );
  }
  const list: readonly Activation[] = Array.isArray(activations) ? activations : [activations as Activation];
  // By their entries, since `forEach` passes over holes.
  for (const [index, activation] of list.entries()) {
    if (!(activation?.data instanceof Float32Array)) {
      throw new TypeError(
        `activations[${index}]: expected { layerName, className, shape, data: Float32Array }, got ${describeValue(activation)}`,
      );
    }
  }
  const [lowest, highest] = findSharedRange(list, options);
  if (lowest < highest) return [lowest, highest];
  throw new RangeError(
    `activations: expected at least two different finite values${options.log ? ' above 0' : ''}, got ${Number.isNaN(lowest) ? 'none' : `only ${lowest}`}`,
  );
}

/** As {@link measureRange}, without its checks: NaN twice where no value counts. */
export function findSharedRange(activations: readonly Activation[], options: RangeOptions): Range {
  if (!options.percentiles && options.center === undefined) {
    return joinRanges(
      activations.map(({ data }) => {
        const [min, max] = findRange(data, options);
        return { min, max };
      }),
    );
  }
  const count = activations.reduce((sum, { data }) => sum + data.length, 0);
  const values = new Float32Array(count);
  let at = 0;
  for (const { data } of activations) {
    values.set(data, at);
    at += data.length;
  }
  return findRange(values, options);
}
