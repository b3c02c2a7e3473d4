import { parseColor } from '../../common/parseColor';
import type { Colormap } from '../../common/types';

/**
 * Builds a colour map from a function, such as one of d3-scale-chromatic's, by taking its colour at 0/255 … 255/255.
 *
 * @param name How the colour map is called.
 * @param interpolate Returns a CSS colour (see {@link parseColor}) for a number from 0 to 1.
 * @throws TypeError if `interpolate` is no function or returns something that is not a colour.
 */
export function createColormap(name: string, interpolate: (t: number) => string): Colormap {
  if (typeof interpolate !== 'function') {
    throw new TypeError(`interpolate: expected a function from 0..1 to a colour, got ${typeof interpolate}`);
  }
  const rgba = new Uint8Array(256 * 4);
  for (let index = 0; index < 256; index++) {
    rgba.set(parseColor(`interpolate(${index}/255)`, interpolate(index / 255)), index * 4);
  }
  return { name, rgba };
}
