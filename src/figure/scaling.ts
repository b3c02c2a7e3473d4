import { describeValue } from '../common/errors';
import type { MapRange } from './measureMaps';

/** Which values share a range: each map's, those of all maps of the layer in this image, in all images of the batch, or in all layers. */
export type ScaleGroup = 'map' | 'layer' | 'batch' | 'all';

/** A range, from the value of the first colour to that of the last. */
export type Range = readonly [lowest: number, highest: number];

/** How the ends of a range follow from values. */
export interface RangeOptions {
  /**
   * From which to which percentile of the finite values the range goes, each 0 to 100, as `numpy.percentile` finds them.
   * @defaultValue `[0, 100]`, the minimum and the maximum
   */
  percentiles?: Range | undefined;
  /** A value that gets the colour in the middle: the range goes as far to both sides. For diverging colours, 0. */
  center?: number | undefined;
  /**
   * Whether the colours follow the logarithm of the values. The range begins at the smallest value above 0.
   * @defaultValue false
   */
  log?: boolean | undefined;
}

export const RANGE_OPTIONS = { percentiles: true, center: true, log: true } as const;

export interface ScalingOptions extends RangeOptions {
  /**
   * Which values share a range.
   * @defaultValue `'map'`
   */
  per?: ScaleGroup | undefined;
  /** A fixed range, in place of one that follows from the values. */
  range?: Range | undefined;
}

/**
 * What the colours stand for: the range of each map, of its layer, of the layer in all images of the batch, of all layers of
 * a call; a fixed range; or {@link ScalingOptions}.
 */
export type Scaling = ScaleGroup | Range | ScalingOptions;

/** A scaling that needs nothing but the range of each map. */
export type PlainScaling = 'map' | 'layer' | Range;

/** The range of all maps of a layer; NaN where there is no finite value. */
export function joinRanges(ranges: readonly Pick<MapRange, 'min' | 'max'>[]): Range {
  let [lowest, highest] = [Number.NaN, Number.NaN];
  for (const { min, max } of ranges) {
    if (!(min >= lowest)) lowest = Number.isNaN(min) ? lowest : min;
    if (!(max <= highest)) highest = Number.isNaN(max) ? highest : max;
  }
  return [lowest, highest];
}

export function isPlainScaling(scaling: Scaling): scaling is PlainScaling {
  return scaling === 'map' || scaling === 'layer' || Array.isArray(scaling);
}

/** @throws TypeError or RangeError unless `range` is `[lowest, highest]`, the first being the smaller. */
export function requireRange(name: string, range: unknown): void {
  if (!(Array.isArray(range) && range.length === 2 && [...range].every(Number.isFinite))) {
    throw new TypeError(`${name}: expected a range [lowest, highest], got ${describeValue(range)}`);
  }
  if (!(range[0] < range[1])) {
    throw new RangeError(
      `${name}: expected a range whose lowest value is below its highest, got ${describeValue(range)}`,
    );
  }
}
