import { describeValue } from '../common/errors';
import type { Activation, Colormap, Figure, Tile } from '../common/types';

interface Field {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  readonly isOptional?: true;
}

/** A field for each of what an interface has, so that none is forgotten. */
type Fields<Item> = { readonly [Key in keyof Required<Item>]: Field };

const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPair = (value: unknown, fits: (end: unknown) => boolean) =>
  Array.isArray(value) && value.length === 2 && value.every(fits);
const maybe = (field: Field): Field => ({ ...field, isOptional: true });

const TEXT: Field = { expected: 'a string', fits: (value) => typeof value === 'string' };
const NUMBER: Field = { expected: 'a number', fits: (value) => typeof value === 'number' };
const WHOLE: Field = { expected: 'a whole number of at least 0', fits: isWhole };
const LIST: Field = { expected: 'an array', fits: Array.isArray };
const BYTES: Field = { expected: 'a Uint8Array', fits: (value) => value instanceof Uint8Array };
const FLAG: Field = { expected: 'true or false', fits: (value) => typeof value === 'boolean' };
const TRUE: Field = { expected: 'true', fits: (value) => value === true };
const RANGE: Field = { expected: 'two numbers', fits: (value) => isPair(value, NUMBER.fits) };

const ACTIVATION: Fields<Activation> = {
  layerName: TEXT,
  className: TEXT,
  shape: {
    expected: 'an array of whole numbers',
    fits: (value) => Array.isArray(value) && value.every(isWhole),
  },
  data: { expected: 'a Float32Array', fits: (value) => value instanceof Float32Array },
  preActivation: maybe(TEXT),
  lostNaN: maybe(TRUE),
};

const COLORMAP: Fields<Colormap> = { name: TEXT, rgba: BYTES };

const TILE: Fields<Tile> = {
  x: WHOLE,
  y: WHOLE,
  width: WHOLE,
  height: WHOLE,
  channel: WHOLE,
  label: maybe(TEXT),
  slice: maybe(WHOLE),
  dead: maybe(FLAG),
  min: NUMBER,
  max: NUMBER,
  domain: maybe(RANGE),
  indices: BYTES,
  rgb: maybe(BYTES),
  missing: maybe(BYTES),
};

const FIGURE: Fields<Figure> = {
  title: TEXT,
  width: WHOLE,
  height: WHOLE,
  columns: WHOLE,
  rows: WHOLE,
  tiles: LIST,
  colormap: { expected: 'a colour map', fits: (value) => typeof value === 'object' && value !== null },
  gradient: maybe({
    expected: 'two palette indices, the first not above the last',
    fits: (value) =>
      isPair(value, (end) => isWhole(end) && (end as number) < 256) &&
      (value as number[])[0]! <= (value as number[])[1]!,
  }),
  scale: maybe({ expected: '"log"', fits: (value) => value === 'log' }),
  domain: maybe(RANGE),
  lostNaN: maybe(TRUE),
};

/**
 * Checks that an activation has the fields that one has, no others, and as many values as its shape says.
 *
 * @param path What it is called in messages: `'items[3]'`.
 * @throws TypeError if a field is missing, of another kind or unknown; RangeError if the sizes differ.
 */
export function checkActivation(path: string, activation: Activation): void {
  checkFields(path, activation, ACTIVATION);
  const { shape, data } = activation;
  checkLength(
    `${path}.data`,
    'values',
    data,
    shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1),
  );
}

/**
 * Checks that a figure has the fields that one has, no others, and that its tiles lie within it and are full.
 *
 * @param path What it is called in messages: `'items[3]'`.
 * @throws TypeError if a field is missing, of another kind or unknown; RangeError if the sizes differ.
 */
export function checkFigure(path: string, figure: Figure): void {
  checkFields(path, figure, FIGURE);
  checkFields(`${path}.colormap`, figure.colormap, COLORMAP);
  checkLength(`${path}.colormap.rgba`, 'bytes', figure.colormap.rgba, 1024);
  figure.tiles.forEach((tile, index) => {
    const name = `${path}.tiles[${index}]`;
    checkFields(name, tile, TILE);
    const { x, y, width, height, indices, rgb, missing } = tile;
    if (x + width > figure.width || y + height > figure.height) {
      throw new RangeError(
        `${name}: expected a tile within ${figure.width} × ${figure.height}, got ${width} × ${height} at ${x}, ${y}`,
      );
    }
    checkLength(`${name}.indices`, 'bytes', indices, width * height);
    if (rgb) checkLength(`${name}.rgb`, 'bytes', rgb, width * height * 3);
    if (!missing) return;
    checkLength(`${name}.missing`, 'bytes', missing, width * height);
    const odd = missing.findIndex((flag) => flag > 1);
    if (odd >= 0) throw new RangeError(`${name}.missing[${odd}]: expected 0 or 1, got ${missing[odd]}`);
  });
}

function checkLength(path: string, things: string, values: ArrayLike<number>, length: number): void {
  if (values.length === length) return;
  throw new RangeError(`${path}: expected ${length} ${things}, got ${values.length}`);
}

function checkFields<Item extends object>(path: string, item: Item, fields: Fields<Item>): void {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new TypeError(`${path}: expected an object, got ${describeValue(item)}`);
  }
  const unknown = Object.keys(item).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) {
    throw new TypeError(`${path}: expected no field ${describeValue(unknown)}, which would be lost`);
  }
  for (const [key, { fits, expected, isOptional }] of Object.entries<Field>(fields)) {
    const value: unknown = item[key as keyof Item];
    if (isOptional && value === undefined) continue;
    if (!fits(value))
      throw new TypeError(`${path}.${key}: expected ${expected}, got ${describeValue(value)}`);
  }
}
