import type { Activation, Figure } from '../common/types';
import { describeMaps, type MapStatistics } from '../statistics/describeMaps';
import { sortChannels } from '../statistics/sortChannels';
import type { CloserLook } from './createCloserLook';
import { describeLayer } from './describeLayer';
import type { ExplorerSettings } from './readSettings';

/** What is shown of one layer. */
export interface LayerState {
  readonly activation: Activation;
  readonly statistics: readonly MapStatistics[];
  /** The maps that are shown, by their channels. */
  readonly order: readonly number[];
  readonly figure: Figure;
  readonly caption: string;
}

/**
 * Works out what is shown of a layer.
 *
 * @param most How many maps at the most.
 */
export function createLayerState(
  activation: Activation,
  drawFigure: CloserLook['drawFigure'],
  { scaling, sort, columns, colormap }: Pick<ExplorerSettings, 'scaling' | 'sort' | 'columns' | 'colormap'>,
  most: number,
): LayerState {
  const statistics = describeMaps(activation);
  const order = sortChannels(statistics, sort).slice(0, most);
  const figure = drawFigure(activation, { channels: order, scaling, columns, colormap });
  return { activation, statistics, order, figure, caption: describeLayer(statistics, figure, sort) };
}
