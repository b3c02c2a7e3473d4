import { parseColor } from '../common/parseColor';
import type { Colormap } from '../common/types';
import type { PaletteUse } from './drawMaps';

export interface ApartColors {
  /**
   * Colour of NaN and the infinities.
   * @defaultValue none: they are transparent
   */
  missingColor?: string | undefined;
  /**
   * Colour of values below the range.
   * @defaultValue that of the lowest value
   */
  belowColor?: string | undefined;
  /**
   * Colour of values above the range.
   * @defaultValue that of the highest value
   */
  aboveColor?: string | undefined;
  /**
   * Colour of the cross over a dead map.
   * @defaultValue `'#d62728'`, a red, where dead maps are marked
   */
  deadColor?: string | undefined;
}

interface DividedPalette {
  readonly colormap: Colormap;
  readonly palette: PaletteUse;
  /** Index of the colour of dead maps. */
  readonly dead?: number;
}

/**
 * Makes room at the ends of a colour map for colours that stand for no value of the scale: first what lies below the range;
 * last what lies above, what is missing, dead maps. The scale is the rest, thinned out evenly.
 *
 * @throws TypeError naming the colour that is none.
 */
export function setColorsApart(
  colormap: Colormap,
  { belowColor, aboveColor, missingColor, deadColor }: ApartColors,
): DividedPalette {
  const low = belowColor === undefined ? [] : [parseColor('belowColor', belowColor)];
  const high = Object.entries({ aboveColor, missingColor, deadColor }).flatMap(([name, color]) =>
    color === undefined ? [] : [{ name, color: parseColor(name, color) }],
  );
  const first = low.length;
  const count = 256 - first - high.length;
  const last = first + count - 1;
  const indexOf = (name: string) => last + 1 + high.findIndex((entry) => entry.name === name);
  const palette: PaletteUse = {
    first,
    count,
    below: 0,
    above: aboveColor === undefined ? last : indexOf('aboveColor'),
    ...(missingColor !== undefined && { missing: indexOf('missingColor') }),
  };
  if (count === 256) return { colormap, palette };
  const rgba = new Uint8Array(1024);
  for (let index = 0; index < count; index++) {
    const from = Math.round((index * 255) / (count - 1)) * 4;
    rgba.set(colormap.rgba.subarray(from, from + 4), (first + index) * 4);
  }
  low.forEach((color) => {
    rgba.set(color, 0);
  });
  high.forEach(({ color }, index) => {
    rgba.set(color, (last + 1 + index) * 4);
  });
  return {
    colormap: { name: colormap.name, rgba },
    palette,
    ...(deadColor !== undefined && { dead: indexOf('deadColor') }),
  };
}
