import type { Activation } from '../types';
import type { Maps } from './drawMaps';
import { findRange } from './findRange';
import { findSharedRange } from './measureRange';
import { isPlainScaling, type Range, type ScaleGroup, type Scaling, type ScalingOptions } from './scaling';

/** The scales of a figure: one that all maps share, or one of each. */
export interface Scales {
  readonly domain?: Range;
  readonly rangeOf?: (channel: number) => Range;
  readonly log: boolean;
}

/**
 * Finds what the colours of a figure stand for.
 *
 * @param activation All images, for a scale that they share.
 * @param maps Those of one image.
 * @param group Whose values share a range if `scaling` does not say it.
 */
export function findScales(
  activation: Activation,
  maps: Maps,
  scaling: Scaling | undefined,
  group: ScaleGroup,
): Scales {
  const { per = group, range, ...options } = toOptions(scaling);
  const log = options.log === true;
  if (range) return { domain: [range[0], range[1]], log };
  switch (per) {
    case 'map':
      return { rangeOf: (channel) => findRange(maps.values, options, maps.count, channel), log };
    case 'layer':
      return { domain: findRange(maps.values, options), log };
    default:
      return { domain: findSharedRange([activation], options), log };
  }
}

function toOptions(scaling: Scaling | undefined): ScalingOptions {
  if (scaling === undefined) return {};
  if (typeof scaling === 'string') return { per: scaling };
  return isPlainScaling(scaling) ? { range: scaling } : scaling;
}
