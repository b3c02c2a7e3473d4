import type { Colormap } from '../common/types';
import { type SchemeName, schemeColormap, schemeNames } from '../figure/color/schemeColormap';
import { expected } from './readValue';

/**
 * Finds a scheme of d3-scale-chromatic, whatever the case of its letters.
 *
 * @throws UsageError listing those that there are.
 */
export function findScheme(name: string): Colormap {
  const scheme = schemeNames.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (scheme === undefined) throw expected('--colormap', `one of ${schemeNames.join(', ')}`, name);
  return schemeColormap(scheme satisfies SchemeName);
}
