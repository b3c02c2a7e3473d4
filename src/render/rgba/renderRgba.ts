import { parseColor } from '../../common/parseColor';
import { requireOptions } from '../../common/requireOptions';
import type { Figure, RgbaImage } from '../../common/types';
import { layoutGrid, requirePixelSize } from '../grid/layoutGrid';
import { rasterizeGrid } from '../grid/rasterizeGrid';

export interface RenderRgbaOptions {
  /**
   * Edge of the square that shows one value, in pixels.
   * @defaultValue 1
   */
  pixelSize?: number | undefined;
  /**
   * Space between the maps, in cells of `pixelSize` pixels.
   * @defaultValue the figure's own
   */
  gap?: number | undefined;
  /**
   * Colour of the gaps: `'#rrggbb'`, `'rgb(…)'`, `'white'`, `'transparent'`, …
   * @defaultValue `'transparent'`
   */
  background?: string | undefined;
}

/**
 * Renders a figure as raw RGBA pixels, without its title.
 *
 * @returns Bytes, row-major, not premultiplied; `new ImageData(data, width, height)` takes them as they are. Where the
 * layer's value was NaN or infinite the pixel is (0, 0, 0, 0), whatever the background.
 * @throws TypeError or RangeError naming the argument that cannot be drawn.
 */
export function renderRgba(figure: Figure, options: RenderRgbaOptions = {}): RgbaImage {
  requireOptions(options, { pixelSize: true, gap: true, background: true });
  const { pixelSize = 1, gap, background = 'transparent' } = options;
  const grid = layoutGrid(figure, gap);
  requirePixelSize(grid, pixelSize);
  return rasterizeGrid(grid, figure.colormap, pixelSize, parseColor('background', background));
}
