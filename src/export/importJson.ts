import { describeValue, requireWholeNumber } from '../common/errors';
import { parseJson } from '../common/parseJson';
import { requireOptions } from '../common/requireOptions';
import type { Activation, Figure, Tile } from '../common/types';
import type { ExportedItems } from './ExportedItems';
import { DEEPEST, LARGEST } from './limits';
import {
  acceptActivation,
  acceptFigure,
  readList,
  readLists,
  readNumber,
  readObject,
  readRange,
} from './storedValues';

export interface ImportJsonOptions {
  /**
   * Characters that the text may have at the most.
   * @defaultValue `268435456`, 2²⁸
   */
  maxBytes?: number | undefined;
}

/**
 * Reads back what `exportJson` wrote.
 *
 * @throws TypeError if `text` is none; RangeError if it is not what `exportJson` writes, which says where, or too long.
 */
export function importJson(text: string, options: ImportJsonOptions = {}): ExportedItems {
  requireOptions(options, { maxBytes: true });
  const { maxBytes = LARGEST } = options;
  requireWholeNumber('maxBytes', maxBytes, 1);
  if (typeof text !== 'string') throw new TypeError(`text: expected a string, got ${describeValue(text)}`);
  if (text.length > maxBytes) {
    throw new RangeError(
      `text: expected at most ${maxBytes} characters, got ${text.length}; pass maxBytes to read more`,
    );
  }
  const { activations, figures } = readLists('text', parse(text));
  return {
    activations: activations.map((stored, index) => readActivation(`text.activations[${index}]`, stored)),
    figures: figures.map((stored, index) => readFigure(`text.figures[${index}]`, stored)),
  };
}

/** What is read from a file may be anything. */
type Stored<Item> = { readonly [Key in keyof Item]: unknown };

function parse(text: string): unknown {
  try {
    return parseJson(text, DEEPEST);
  } catch (cause) {
    const { message } = cause as Error;
    throw new RangeError(`text: expected what exportJson writes, got ${message}`, { cause });
  }
}

function readActivation(path: string, value: unknown): Activation {
  const stored = readObject<Stored<Activation>>(path, value);
  const list = readList(`${path}.data`, stored.data);
  const data = new Float32Array(list.length);
  list.forEach((item, at) => {
    const number = readNumber(`${path}.data[${at}]`, item);
    data[at] = number;
    if (!Number.isFinite(data[at]) && Number.isFinite(number)) {
      throw new RangeError(`${path}.data[${at}]: expected a number of 32 bits, got ${number}`);
    }
  });
  return acceptActivation(path, { ...stored, data } as Activation);
}

function readFigure(path: string, value: unknown): Figure {
  const stored = readObject<Stored<Figure>>(path, value);
  const colormap = readObject<Stored<Figure['colormap']>>(`${path}.colormap`, stored.colormap);
  return acceptFigure(path, {
    ...stored,
    ...readRange(path, stored.domain),
    colormap: { ...colormap, rgba: readBytes(`${path}.colormap.rgba`, colormap.rgba) },
    tiles: readList(`${path}.tiles`, stored.tiles).map((tile, index) =>
      readTile(`${path}.tiles[${index}]`, tile),
    ),
  } as Figure);
}

function readTile(path: string, value: unknown): Tile {
  const stored = readObject<Stored<Tile>>(path, value);
  return {
    ...stored,
    ...readRange(path, stored.domain),
    min: readNumber(`${path}.min`, stored.min),
    max: readNumber(`${path}.max`, stored.max),
    indices: readBytes(`${path}.indices`, stored.indices),
    ...(stored.missing !== undefined && { missing: readBytes(`${path}.missing`, stored.missing) }),
    ...(stored.rgb !== undefined && { rgb: readBytes(`${path}.rgb`, stored.rgb) }),
  } as Tile;
}

function readBytes(path: string, value: unknown): Uint8Array {
  const list = readList(path, value);
  const bytes = new Uint8Array(list.length);
  list.forEach((item, at) => {
    if (!Number.isInteger(item) || (item as number) < 0 || (item as number) > 255) {
      throw new RangeError(
        `${path}[${at}]: expected a whole number from 0 to 255, got ${describeValue(item)}`,
      );
    }
    bytes[at] = item as number;
  });
  return bytes;
}
