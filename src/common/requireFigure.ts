import { describeValue } from './errors';
import type { Figure, Tile } from './types';

/** Cells of a grid at the most: as many as the largest picture has pixels. */
const MOST_CELLS = 2 ** 28;

const SIDES = ['width', 'height', 'columns', 'rows'] as const;

/**
 * Checks that a figure can be drawn: its sizes, and that each of its maps lies inside and has a byte for every cell. What the
 * bytes are makes no difference.
 *
 * @param name What it is called, for the errors.
 * @throws TypeError naming the part that is wrong.
 */
export function requireFigure(figure: Figure, name = 'figure'): void {
  const fail = (part: string, expected: string, got: string): never => {
    throw new TypeError(`${name}${part}: expected ${expected}, got ${got}`);
  };
  if (typeof figure !== 'object' || figure === null || !Array.isArray(figure.tiles)) {
    throw new TypeError(
      `${name}: expected a figure as createFigure returns it, got ${describeValue(figure)}`,
    );
  }
  const { title, width, height, columns, rows, tiles, colormap, domain } = figure;
  if (typeof title !== 'string') fail('.title', 'a string', describeValue(title));
  if (!isBytes(colormap?.rgba, 1024)) fail('.colormap.rgba', '1024 bytes', describeBytes(colormap?.rgba));
  if (tiles.length === 0) fail('.tiles', 'at least one', 'none');
  for (const side of SIDES) {
    if (!isWhole(figure[side], 1))
      fail(`.${side}`, 'a whole number of at least 1', describeValue(figure[side]));
  }
  if (width * height > MOST_CELLS) {
    fail('.width', `at most ${MOST_CELLS} cells in all`, `${width} × ${height}`);
  }
  if (columns > tiles.length || rows > tiles.length || columns * rows < tiles.length) {
    fail('.columns', `as many columns and rows as ${tiles.length} maps have`, `${columns} × ${rows}`);
  }
  if (domain !== undefined && !isRange(domain)) {
    fail('.domain', 'two numbers', describeValue(domain));
  }
  for (let index = 0; index < tiles.length; index++) {
    const wrong = findWrong(tiles[index]!, figure);
    if (wrong) fail(`.tiles[${index}]${wrong[0]}`, wrong[1], wrong[2]);
  }
}

/** The part of a map that is wrong, what it must be, and what it was. */
function findWrong(
  tile: Tile,
  { width, height }: Figure,
): [part: string, expected: string, got: string] | undefined {
  if (typeof tile !== 'object' || tile === null) return ['', 'a map', describeValue(tile)];
  const isInside =
    isWhole(tile.x, 0) &&
    isWhole(tile.y, 0) &&
    isWhole(tile.width, 1) &&
    isWhole(tile.height, 1) &&
    tile.x + tile.width <= width &&
    tile.y + tile.height <= height;
  if (!isInside) {
    const place = [tile.x, tile.y, tile.width, tile.height].map(describeValue).join(', ');
    return ['', `x, y, width and height inside of ${width} × ${height}`, place];
  }
  const cells = tile.width * tile.height;
  const { indices, missing, rgb } = tile;
  if (!isBytes(indices, cells)) return ['.indices', `${cells} bytes`, describeBytes(indices)];
  if (missing !== undefined && !isBytes(missing, cells))
    return ['.missing', `${cells} bytes`, describeBytes(missing)];
  if (rgb !== undefined && !isBytes(rgb, cells * 3))
    return ['.rgb', `${cells * 3} bytes`, describeBytes(rgb)];
  if (typeof tile.min !== 'number') return ['.min', 'a number', describeValue(tile.min)];
  if (typeof tile.max !== 'number') return ['.max', 'a number', describeValue(tile.max)];
  if (!isWhole(tile.channel, 0))
    return ['.channel', 'a whole number of at least 0', describeValue(tile.channel)];
  if (tile.label !== undefined && typeof tile.label !== 'string')
    return ['.label', 'a string', describeValue(tile.label)];
  if (tile.domain !== undefined && !isRange(tile.domain))
    return ['.domain', 'two numbers', describeValue(tile.domain)];
  return undefined;
}

/** The built-in kind, which a Buffer and an array of another window have too. */
function isBytes(bytes: unknown, length: number): boolean {
  return (
    (bytes instanceof Uint8Array || Object.prototype.toString.call(bytes) === '[object Uint8Array]') &&
    (bytes as Uint8Array).length === length
  );
}

function describeBytes(bytes: unknown): string {
  return bytes instanceof Uint8Array ? String(bytes.length) : describeValue(bytes);
}

function isWhole(value: unknown, minimum: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= minimum;
}

function isRange(range: unknown): boolean {
  const isPair = Array.isArray(range) && range.length === 2;
  return isPair && typeof range[0] === 'number' && typeof range[1] === 'number';
}
