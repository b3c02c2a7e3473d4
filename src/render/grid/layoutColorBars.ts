import type { Figure } from '../../common/types';
import type { ColorBars } from './colorBar';
import type { Grid } from './layoutGrid';
import { layoutOwnBars } from './layoutOwnBars';
import { layoutSharedBar } from './layoutSharedBar';

/**
 * Places the colour bars of a figure: one below the grid where all maps share a scale, or else one below each map. Text
 * is not measured but estimated, so that every renderer places the same.
 *
 * @param scale Device pixels a pixel, for bars and text that are as large on every screen.
 */
export function layoutColorBars(figure: Figure, grid: Grid, pixelSize: number, scale = 1): ColorBars {
  return figure.domain
    ? layoutSharedBar(figure, figure.domain, grid, pixelSize, scale)
    : layoutOwnBars(figure, grid, pixelSize, scale);
}
