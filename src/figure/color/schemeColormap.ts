import * as schemes from 'd3-scale-chromatic';
import { describeValue } from '../../common/errors';
import type { Colormap } from '../../common/types';
import { createColormap } from './createColormap';

/**
 * A continuous scheme of d3-scale-chromatic, as it is called there. Written out, so that an app needs no types of d3.
 */
export type SchemeName =
  | 'Blues'
  | 'BrBG'
  | 'BuGn'
  | 'BuPu'
  | 'Cividis'
  | 'Cool'
  | 'CubehelixDefault'
  | 'GnBu'
  | 'Greens'
  | 'Greys'
  | 'Inferno'
  | 'Magma'
  | 'OrRd'
  | 'Oranges'
  | 'PRGn'
  | 'PiYG'
  | 'Plasma'
  | 'PuBu'
  | 'PuBuGn'
  | 'PuOr'
  | 'PuRd'
  | 'Purples'
  | 'Rainbow'
  | 'RdBu'
  | 'RdGy'
  | 'RdPu'
  | 'RdYlBu'
  | 'RdYlGn'
  | 'Reds'
  | 'Sinebow'
  | 'Spectral'
  | 'Turbo'
  | 'Viridis'
  | 'Warm'
  | 'YlGn'
  | 'YlGnBu'
  | 'YlOrBr'
  | 'YlOrRd';

const interpolators = /* @__PURE__ */ listInterpolators();

/** The names of all schemes, in alphabetical order. */
export const schemeNames: readonly SchemeName[] = /* @__PURE__ */ [...interpolators.keys()].sort();

/**
 * Makes a colour map of a scheme of d3-scale-chromatic, by taking its colour at 0/255 … 255/255.
 *
 * @throws RangeError if there is no scheme of that name, listing those there are.
 */
export function schemeColormap(name: SchemeName): Colormap {
  const interpolate = interpolators.get(name);
  if (!interpolate) {
    throw new RangeError(`name: expected one of ${schemeNames.join(', ')}, got ${describeValue(name)}`);
  }
  return createColormap(name, interpolate);
}

function listInterpolators(): Map<SchemeName, (t: number) => string> {
  const found = new Map<SchemeName, (t: number) => string>();
  for (const [key, value] of Object.entries(schemes)) {
    if (key.startsWith('interpolate')) {
      found.set(key.slice('interpolate'.length) as SchemeName, value as (t: number) => string);
    }
  }
  return found;
}
