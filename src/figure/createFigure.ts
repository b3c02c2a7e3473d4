import { describeValue, requireString, requireWholeNumber } from '../common/errors';
import { requireActivation } from '../common/requireActivation';
import { requireOptions } from '../common/requireOptions';
import type { Activation, Figure } from '../common/types';
import { describeMaps } from '../statistics/describeMaps';
import { type ArrangedMaps, arrangeMaps } from './arrangeMaps';
import { chooseChannels, toActivation } from './chooseChannels';
import { chooseColumns } from './chooseColumns';
import { viridis } from './color/viridis';
import { combineChannels, describeCombination } from './combineChannels';
import { crossOut } from './crossOut';
import { drawMaps } from './drawMaps';
import { FIGURE_OPTIONS, type FigureOptions } from './FigureOptions';
import { findScales } from './findScales';
import { measureMaps } from './measureMaps';
import { requireChannels, requireColormap, requireImage } from './requireFigureInput';
import { requireScaling } from './requireScaling';
import { setColorsApart } from './setColorsApart';
import { titleOf } from './titleOf';

export type { FigureOptions };

/**
 * Lays out the feature maps of one layer as the article draws them, and gives every value its palette index.
 *
 * Each map is scaled by its own finite minimum and maximum unless `scaling` says otherwise: t = (v - min) / (max - min),
 * as `matplotlib.colors.Normalize` does; the index is floor(t · 256), and 255 where t is 1. A constant map gets index 0.
 * NaN and the infinities are left out of minimum and maximum and marked in {@link Tile.missing}.
 *
 * A sequence `[batch, steps, channels]` is drawn as a heat map, a row a channel; of maps of three dimensions a slice, or all;
 * a vector as a strip or a block. The title says so.
 *
 * @param activation Shape `[batch, height, width, channels]`, or another of one to five sizes, none being 0.
 * @returns Plain data that shares no memory with `activation`.
 * @throws TypeError if `activation` is not an activation; RangeError if its shape or an option cannot be drawn.
 */
export function createFigure(activation: Activation, options: FigureOptions = {}): Figure {
  requireActivation(activation);
  requireOptions(options, FIGURE_OPTIONS);
  const { image = 0, colormap = viridis, markDead = false, combine } = options;
  requireImage(image, activation.shape[0]!);
  const isCombined = combine !== undefined;
  const drawn = combineChannels(activation, options, image);
  const maps = arrangeMaps(drawn, isCombined ? 0 : image, options);
  const { gap = maps.gap ?? 1 } = options;
  if (options.columns !== undefined) requireWholeNumber('columns', options.columns, 1);
  requireWholeNumber('gap', gap, 0);
  if (options.scaling !== undefined) requireScaling(options.scaling);
  requireColormap(colormap);
  const channels = isCombined
    ? [0]
    : chooseChannels(activation, maps, options, (other) => arrangeMaps(other, 0, options));
  const { columns = maps.columns ?? chooseColumns(channels.length, maps.width, maps.height, gap) } = options;
  const dead = findDead(maps, markDead);
  const combination = describeCombination(activation, options);
  const notes = [combination, ...notesOf(maps, options)];
  const { title = titleOf(activation, channels.length, maps.count, notes) } = options;
  requireString('title', title);

  const divided = setColorsApart(colormap, {
    ...options,
    deadColor: dead.length > 0 ? (options.deadColor ?? '#d62728') : undefined,
  });
  const ranges = measureMaps(maps.values, maps.count);
  const wholeBatch = () => combineChannels(activation, options);
  const scales = findScales(wholeBatch, maps, ranges, options.scaling, maps.per ?? 'map');
  const { lostNaN } = activation;
  const figure = drawMaps(maps, { title, channels, columns, gap, ...divided, ranges, ...scales, lostNaN });
  if (dead.length === 0 && maps.slice === undefined && !maps.padding && !isCombined) return figure;
  const isDead = new Set(dead);
  return {
    ...figure,
    tiles: figure.tiles.map((tile) => {
      const named = combination === undefined ? tile : { ...tile, label: combination };
      const sliced = maps.slice === undefined ? named : { ...named, slice: maps.slice };
      const cut = maps.padding ? leaveOut(sliced, maps.padding) : sliced;
      return isDead.has(tile.channel) ? crossOut(cut, divided.dead!) : cut;
    }),
  };
}

function notesOf({ note, count }: ArrangedMaps, { sort = 'index' }: FigureOptions): (string | undefined)[] {
  return [sort === 'index' || count === 1 ? undefined : `by ${sort}`, note];
}

function findDead(maps: ArrangedMaps, markDead: boolean | readonly number[]): readonly number[] {
  if (markDead === false) return [];
  if (markDead === true) {
    return describeMaps(toActivation(maps))
      .filter(({ dead }) => dead)
      .map(({ channel }) => channel);
  }
  if (!Array.isArray(markDead)) {
    throw new TypeError(
      `markDead: expected true, false or an array of channels, got ${describeValue(markDead)}`,
    );
  }
  if (markDead.length > 0) requireChannels('markDead', markDead, maps.count);
  return markDead;
}

/** Makes the last cells of a tile transparent, whatever the colour of missing values: there is nothing to miss. */
function leaveOut(tile: Figure['tiles'][number], cells: number): Figure['tiles'][number] {
  const missing = tile.missing?.slice() ?? new Uint8Array(tile.indices.length);
  missing.fill(1, missing.length - cells);
  const indices = tile.indices.slice();
  indices.fill(0, indices.length - cells);
  return { ...tile, indices, missing };
}
