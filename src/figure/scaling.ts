import { describeValue } from '../errors';
import type { MapRange } from './measureMaps';

/** What the colours of a map stand for: its own range, that of its layer, or a fixed one. */
export type Scaling = 'map' | 'layer' | readonly [lowest: number, highest: number];

/** The range that all maps share; `undefined` where each has its own. */
export function findDomain(
  scaling: Scaling,
  ranges: readonly MapRange[],
): readonly [lowest: number, highest: number] | undefined {
  if (scaling === 'map') return undefined;
  if (scaling !== 'layer') return [scaling[0], scaling[1]];
  let [lowest, highest] = [Number.NaN, Number.NaN];
  for (const { min, max } of ranges) {
    if (!(min >= lowest)) lowest = Number.isNaN(min) ? lowest : min;
    if (!(max <= highest)) highest = Number.isNaN(max) ? highest : max;
  }
  return [lowest, highest];
}

/** @throws TypeError or RangeError unless `scaling` is one of the kinds of {@link Scaling}. */
export function requireScaling(scaling: unknown): void {
  if (scaling === 'map' || scaling === 'layer') return;
  const isRange = Array.isArray(scaling) && scaling.length === 2 && scaling.every(Number.isFinite);
  if (!isRange) {
    throw new TypeError(
      `scaling: expected 'map', 'layer' or a range [lowest, highest], got ${describeValue(scaling)}`,
    );
  }
  if (!(scaling[0] < scaling[1])) {
    throw new RangeError(
      `scaling: expected a range whose lowest value is below its highest, got ${describeValue(scaling)}`,
    );
  }
}
