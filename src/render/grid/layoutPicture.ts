import type { Figure } from '../../common/types';
import type { ColorBars } from './colorBar';
import { layoutColorBars } from './layoutColorBars';
import type { Grid } from './layoutGrid';
import { layoutTitle, noTitle, type TitleStrip } from './titleStrip';

/** Where everything of a picture stands, in pixels; the bars from the upper left corner of the grid. */
export interface PictureLayout extends Pick<ColorBars, 'grid' | 'fontSize' | 'boxes' | 'labels'> {
  readonly width: number;
  readonly height: number;
  readonly strip: TitleStrip;
  readonly gridX: number;
  readonly gridY: number;
}

/**
 * Places title, grid and colour bars of a picture.
 *
 * @param measureTitle Width of the title in pixels for a font size; absent for no title.
 * @param scale Device pixels a pixel.
 */
export function layoutPicture(
  figure: Figure,
  cells: Grid,
  pixelSize: number,
  colorBar: boolean,
  measureTitle?: (fontSize: number) => number,
  scale = 1,
): PictureLayout {
  const bars: ColorBars = colorBar
    ? layoutColorBars(figure, cells, pixelSize, scale)
    : {
        grid: cells,
        width: cells.width * pixelSize,
        height: cells.height * pixelSize,
        fontSize: 0,
        boxes: [],
        labels: [],
      };
  const strip = measureTitle ? layoutTitle(bars.width, measureTitle, scale) : noTitle(bars.width);
  return {
    ...bars,
    width: strip.width,
    height: strip.height + bars.height,
    strip,
    gridX: strip.gridX + Math.floor((bars.width - bars.grid.width * pixelSize) / 2),
    gridY: strip.height,
  };
}
