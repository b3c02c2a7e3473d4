import { requireBoolean, requireString, requireWholeNumber } from '../../common/errors';
import { parseColor, type Rgba } from '../../common/parseColor';
import type { Figure } from '../../common/types';
import { choosePixelSize, type Grid, layoutGrid } from './layoutGrid';

/** What the renderers that write text have in common. */
export interface PictureOptions {
  /**
   * Edge of the square that shows one value, in pixels: CSS pixels on a canvas, those of the picture's own size elsewhere.
   * @defaultValue what brings the figure near 900 pixels, at most 16
   */
  pixelSize?: number | undefined;
  /**
   * Space between the maps, in cells of `pixelSize` pixels.
   * @defaultValue the figure's own
   */
  gap?: number | undefined;
  /**
   * Whether the title is drawn above the maps.
   * @defaultValue true
   */
  title?: boolean | undefined;
  /**
   * Whether the range of the colours is drawn: one bar below the grid where all maps share a scale, or else one below each
   * map. Maps move apart where their ranges need the room.
   * @defaultValue false
   */
  colorBar?: boolean | undefined;
  /**
   * Colour around the maps; missing values stay transparent.
   * @defaultValue `'white'`
   */
  background?: string | undefined;
  /**
   * Colour of the title and of what stands at colour bars.
   * @defaultValue `'black'`
   */
  color?: string | undefined;
  /**
   * Font family of all text.
   * @defaultValue `'system-ui, sans-serif'`
   */
  fontFamily?: string | undefined;
}

/** The names of {@link PictureOptions}. */
export const PICTURE_OPTIONS = {
  pixelSize: true,
  gap: true,
  title: true,
  colorBar: true,
  background: true,
  color: true,
  fontFamily: true,
} as const;

/** The same, checked and with the defaults. */
export interface Picture {
  readonly figure: Figure;
  readonly grid: Grid;
  readonly pixelSize: number;
  readonly title: boolean;
  /** Those of all frames of a film, which the title's strip has room for. */
  readonly titles?: readonly string[];
  readonly colorBar: boolean;
  readonly background: Rgba;
  readonly color: Rgba;
  readonly fontFamily: string;
}

/**
 * Checks a figure and the values of the options that renderers have in common.
 *
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function preparePicture(figure: Figure, options: PictureOptions): Picture {
  const {
    gap,
    title = true,
    colorBar = false,
    background = 'white',
    color = 'black',
    fontFamily = 'system-ui, sans-serif',
  } = options;
  const grid = layoutGrid(figure, gap);
  const { pixelSize = choosePixelSize(grid) } = options;
  requireWholeNumber('pixelSize', pixelSize, 1);
  requireBoolean('title', title);
  requireBoolean('colorBar', colorBar);
  requireString('fontFamily', fontFamily);
  return {
    figure,
    grid,
    pixelSize,
    title,
    colorBar,
    background: parseColor('background', background),
    color: parseColor('color', color),
    fontFamily,
  };
}
