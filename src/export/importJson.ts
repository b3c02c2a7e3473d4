import { describeValue } from '../common/errors';
import type { Activation, Figure, Tile } from '../common/types';
import { type ExportedItems, sortItems } from './ExportedItems';
import { readRange } from './jsonNumbers';

type Numbers = readonly (number | string)[];

/**
 * Reads back what `exportJson` wrote.
 *
 * @throws TypeError if `text` is none; RangeError if it is not what `exportJson` writes.
 */
export function importJson(text: string): ExportedItems {
  if (typeof text !== 'string') throw new TypeError(`text: expected a string, got ${describeValue(text)}`);
  try {
    const { activations, figures } = JSON.parse(text) as Record<keyof ExportedItems, never[]>;
    return sortItems([...activations.map(readActivation), ...figures.map(readFigure)]);
  } catch (cause) {
    throw new RangeError('text: expected what exportJson writes, got something else', { cause });
  }
}

function readActivation(stored: Omit<Activation, 'data'> & { data: Numbers }): Activation {
  return { ...stored, data: Float32Array.from(stored.data, Number) };
}

function readFigure(stored: Omit<Figure, 'tiles'> & { tiles: readonly StoredTile[] }): Figure {
  const { name, rgba } = stored.colormap;
  return {
    ...stored,
    ...readRange(stored.domain),
    colormap: { name, rgba: Uint8Array.from(rgba) },
    tiles: stored.tiles.map(({ indices, missing, rgb, min, max, ...tile }): Tile => {
      return {
        ...tile,
        ...readRange(tile.domain),
        min: Number(min),
        max: Number(max),
        indices: Uint8Array.from(indices, Number),
        ...(missing && { missing: Uint8Array.from(missing, Number) }),
        ...(rgb && { rgb: Uint8Array.from(rgb, Number) }),
      };
    }),
  };
}

type StoredTile = Omit<Tile, 'indices' | 'missing' | 'rgb' | 'min' | 'max'> & {
  readonly indices: Numbers;
  readonly missing?: Numbers;
  readonly rgb?: Numbers;
  readonly min: number | string;
  readonly max: number | string;
};
