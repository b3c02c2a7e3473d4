import type { Activation, Colormap, Figure } from '../common/types';
import { drawMaps } from '../figure/drawMaps';
import { measureMaps } from '../figure/measureMaps';
import { joinRanges, type PlainScaling } from '../figure/scaling';

interface FigureSettings {
  readonly channels: readonly number[];
  readonly scaling: PlainScaling;
  readonly colormap: Colormap;
  readonly columns?: number;
  readonly gap?: number;
}

/** Makes the figure of one image of what the network put out, whose shape and settings have been checked. */
export function drawFigure(
  { shape, data, lostNaN }: Activation,
  { channels, scaling, colormap, columns = 8, gap = 0 }: FigureSettings,
): Figure {
  const [, height, width, count] = shape as [number, number, number, number];
  const ranges = measureMaps(data, count);
  const shared = scaling === 'layer' ? joinRanges(ranges) : scaling;
  const domain = shared === 'map' ? undefined : shared;
  return drawMaps(
    { width, height, count, values: data },
    { title: '', channels, columns, gap, colormap, ranges, domain, lostNaN },
  );
}
