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

/** The scales of a figure: one that all maps share, or one of each. */
export interface Scales {
  readonly domain?: Range;
  /** @defaultValue the map's own minimum and maximum */
  readonly rangeOf?: (channel: number) => Range;
  readonly log: boolean;
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
  const log = options.log === true;
  const isWhole = !(percentiles || log) && center === undefined;
  if (range) return { domain: [range[0], range[1]], log };
  switch (per) {
    case 'map':
      if (isWhole) return { log };
      return { rangeOf: (channel) => findRange(maps.values, options, maps.count, channel), log };
    case 'layer':
      return { domain: isWhole ? joinRanges(ranges) : findRange(maps.values, options), log };
    default:
      return { domain: findSharedRange([wholeBatch()], options), log };
  }
}

function toOptions(scaling: Scaling | undefined): ScalingOptions {
  if (scaling === undefined) return {};
  if (typeof scaling === 'string') return { per: scaling };
  return isPlainScaling(scaling) ? { range: scaling } : scaling;
}
