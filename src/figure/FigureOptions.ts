import type { Activation, Colormap } from '../common/types';
import type { ArrangeOptions } from './arrangeMaps';
import type { ChannelCombination } from './combineValues';
import type { Scaling } from './scaling';
import type { ApartColors } from './setColorsApart';

/** The names of {@link FigureOptions}. */
export const FIGURE_OPTIONS = {
  slice: true,
  vectors: true,
  missingColor: true,
  belowColor: true,
  aboveColor: true,
  deadColor: true,
  columns: true,
  title: true,
  gap: true,
  image: true,
  scaling: true,
  channels: true,
  colormap: true,
  sort: true,
  distanceTo: true,
  combine: true,
  first: true,
  markDead: true,
} as const;

/** What decides the order of the maps; all but `'index'` put the largest first. */
export type ChannelSort = 'index' | 'maximum' | 'mean' | 'variance' | 'zeros' | 'distance';

export interface FigureOptions extends ArrangeOptions, ApartColors {
  /**
   * Maps in a row at the most; a layer with fewer maps gets one row of them.
   * @defaultValue 8, for more than 64 maps as many as make the figure about square; 1 for a sequence, whose channels are
   * rows; the number of slices where all are drawn
   */
  columns?: number | undefined;
  /**
   * Text above the maps.
   * @defaultValue `'Layer: <layerName>'`, or the short name of a node, with what was chosen of it: "(k of n maps)", "before relu", a slice
   */
  title?: string | undefined;
  /**
   * Space between maps, in cells (one cell shows one value).
   * @defaultValue 1; 0 for a sequence
   */
  gap?: number | undefined;
  /**
   * Which image of the batch to draw, from 0.
   * @defaultValue 0
   */
  image?: number | undefined;
  /**
   * What the colours stand for. `'map'`: each map's own finite minimum and maximum. `'layer'`: those of all maps of the layer
   * in this image. `'batch'`: in all images of the batch. `'all'`: in all layers of the call of `visualizeLayers` too. A
   * fixed range `[lowest, highest]`: values beyond it get the colour at its end. See {@link ScalingOptions} for percentiles,
   * a centre, and a logarithmic scale.
   * @defaultValue `'map'`; `'layer'` for a sequence
   */
  scaling?: Scaling | undefined;
  /**
   * Which channels to draw, from 0, and in which order.
   * @defaultValue all, by number
   */
  channels?: readonly number[] | undefined;
  /**
   * The 256 colours from the lowest value to the highest.
   * @defaultValue `viridis`
   */
  colormap?: Colormap | undefined;
  /**
   * Puts the channels in order, the largest first, by the `'maximum'`, `'mean'` or `'variance'` of their maps, the share of
   * `'zeros'`, or the `'distance'` to another activation.
   * @defaultValue `'index'`, by number
   */
  sort?: ChannelSort | undefined;
  /** The activation of another image to which `sort: 'distance'` measures, of the same layer; its first image. */
  distanceTo?: Activation | undefined;
  /**
   * Draws one map of all channels, or of those of `channels`: value by value their `'mean'`, `'maximum'` or `'sum'`. NaN and
   * the infinities are left out, and a value for which none is left is missing. With a scaling that maps share, it is the
   * combined values that do. Goes with none of `sort`, `distanceTo`, `first` and `markDead`; takes a layer of maps or
   * sequences.
   * @defaultValue none: a map a channel
   */
  combine?: ChannelCombination | undefined;
  /** How many of the channels to draw, the first ones of their order; all if there are fewer. */
  first?: number | undefined;
  /**
   * Crosses out dead maps: `true` those that are 0 everywhere in this image, or the channels given, such as those that
   * `describeActivations` found dead in a whole data set.
   * @defaultValue false
   */
  markDead?: boolean | readonly number[] | undefined;
}
