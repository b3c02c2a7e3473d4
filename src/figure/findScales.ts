import type { Activation } from '../common/types';
import type { Maps } from './drawMaps';
import { findRange } from './findRange';
import type { MapRange } from './measureMaps';
import { findSharedRange } from './measureRange';
import {
  isPlainScaling,
  joinRanges,
  type Range,
  type ScaleGroup,
  type Scaling,
  type ScalingOptions,
} from './scaling';
import { chooseValueScale, type ValueScale } from './valueScales';

/** The scales of a figure: one that all maps share, or one of each. */
export interface Scales {
  readonly domain?: Range;
  /** @defaultValue the map's own minimum and maximum */
  readonly rangeOf?: (channel: number) => Range;
  readonly valueScale?: ValueScale | undefined;
}

/**
 * Finds what the colours of a figure stand for.
 *
 * @param wholeBatch Gives all images, for a scale that they share.
 * @param maps Those of one image.
 * @param ranges Theirs.
 * @param group Whose values share a range if `scaling` does not say it.
 */
export function findScales(
  wholeBatch: () => Activation,
  maps: Maps,
  ranges: readonly MapRange[],
  scaling: Scaling | undefined,
  group: ScaleGroup,
): Scales {
  const { per = group, range, ...options } = toOptions(scaling);
  const { percentiles, center } = options;
  const valueScale = chooseValueScale(options);
  const isWhole = !(percentiles || valueScale) && center === undefined;
  if (range) return { domain: [range[0], range[1]], valueScale };
  switch (per) {
    case 'map':
      if (isWhole) return { valueScale };
      return { rangeOf: (channel) => findRange(maps.values, options, maps.count, channel), valueScale };
    case 'layer':
      return { domain: isWhole ? joinRanges(ranges) : findRange(maps.values, options), valueScale };
    default:
      return { domain: findSharedRange([wholeBatch()], options), valueScale };
  }
}

function toOptions(scaling: Scaling | undefined): ScalingOptions {
  if (scaling === undefined) return {};
  if (typeof scaling === 'string') return { per: scaling };
  return isPlainScaling(scaling) ? { range: scaling } : scaling;
}
