import type { CloserLook } from './createCloserLook';
import type { DetailContent } from './createDetailView';
import type { LayerState } from './createLayerState';
import type { LayerInfo } from './openNetwork';
import type { ExplorerSettings } from './readSettings';

const RANGES: Readonly<Record<string, string>> = {
  map: 'range of this map',
  layer: 'range of all maps of the layer',
  fixed: 'fixed range',
};

/** Works out what is shown of one map, large. */
export function createDetailContent(
  { name, title }: Pick<LayerInfo, 'name' | 'title'>,
  channel: number,
  { activation, statistics }: LayerState,
  { drawFigure, readKernel }: Pick<CloserLook, 'drawFigure' | 'readKernel'>,
  { scaling, colormap }: Pick<ExplorerSettings, 'scaling' | 'colormap'>,
): DetailContent {
  const count = statistics.length;
  const figure = drawFigure(activation, { channels: [channel], scaling, colormap });
  const { min, max } = figure.tiles[0]!;
  return {
    title: `${title}, map ${channel} of ${count}`,
    figure,
    statistics: statistics[channel]!,
    values: activation.data.filter((_, at) => at % count === channel),
    range: figure.domain ?? [min, max],
    rangeOf: RANGES[typeof scaling === 'string' ? scaling : 'fixed']!,
    kernel: readKernel(name, channel),
  };
}
