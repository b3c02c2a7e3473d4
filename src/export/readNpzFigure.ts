import { describeValue } from '../common/errors';
import type { Figure, Tile } from '../common/types';
import { readNpy } from './npyFormat';
import { describeShape } from './npyValues';
import type { NpzFigure, NpzTile } from './npzLayout';
import type { NpzEntries } from './openNpz';
import { acceptFigure, readList, readNumber, readObject, readRange } from './storedValues';

/**
 * Puts a figure together from what the metadata and the arrays say.
 *
 * @param path What it is called in messages.
 * @throws RangeError if they do not fit together, or a part is missing.
 */
export function readNpzFigure(path: string, value: unknown, entries: NpzEntries): Figure {
  const { entry, colormap, tiles, ...rest } = readObject<NpzFigure>(path, value);
  const stored = readList(`${path}.tiles`, tiles).map((tile, index) =>
    readObject<NpzTile>(`${path}.tiles[${index}]`, tile, ['indices', 'missing', 'rgb']),
  );
  const [width, height] = [stored[0]?.width ?? 0, stored[0]?.height ?? 0];
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height)) {
    const got = `${describeValue(width)} and ${describeValue(height)}`;
    throw new RangeError(`${path}.tiles[0]: expected a width and a height, got ${got}`);
  }
  const odd = stored.findIndex((tile) => tile.width !== width || tile.height !== height);
  if (odd >= 0)
    throw new RangeError(`${path}.tiles[${odd}]: expected the size of the first tile, got another`);
  const shape = [stored.length, height, width];
  const cells = readBytes(entries, `${entry}/indices`, shape);
  const missing = readBytes(entries, `${entry}/missing`, shape);
  const isColored = stored.some(({ hasRgb }) => hasRgb !== undefined);
  const colors = isColored ? readBytes(entries, `${entry}/rgb`, [...shape, 3]) : undefined;
  const size = width * height;
  const part = (bytes: Uint8Array, at: number, samples = 1) =>
    bytes.slice(at * size * samples, (at + 1) * size * samples);
  return acceptFigure(path, {
    ...rest,
    ...readRange(path, rest.domain),
    colormap: { name: colormap, rgba: readBytes(entries, `${entry}/colormap`, [256, 4]).slice() },
    tiles: stored.map(({ min, max, hasMissing, hasRgb, ...tile }, at): Tile => {
      const name = `${path}.tiles[${at}]`;
      const marks = pick(`${name}.hasMissing`, hasMissing, part(missing, at));
      const own = colors && pick(`${name}.hasRgb`, hasRgb ?? false, part(colors, at, 3));
      return {
        ...tile,
        ...readRange(name, tile.domain),
        min: readNumber(`${name}.min`, min),
        max: readNumber(`${name}.max`, max),
        indices: part(cells, at),
        ...(marks && { missing: marks }),
        ...(own && { rgb: own }),
      };
    }),
  });
}

/** Bytes of a tile that has them; of others the array has zeros. */
function pick(path: string, has: unknown, bytes: Uint8Array): Uint8Array | undefined {
  if (has === true) return bytes;
  if (has !== false) throw new RangeError(`${path}: expected true or false, got ${describeValue(has)}`);
  if (bytes.some((byte) => byte !== 0))
    throw new RangeError(`${path}: expected true, got false and an array with more`);
  return undefined;
}

function readBytes(entries: NpzEntries, name: string, wanted: readonly number[]): Uint8Array {
  return entries.read(name, (file) => {
    const { descr, shape, fortranOrder, bytes } = readNpy('file', file);
    const isInOrder = !fortranOrder && (descr === '|u1' || descr === '<u1' || descr === '>u1');
    if (!isInOrder || shape.join() !== wanted.join()) {
      const got = `${describeValue(descr)} of ${describeShape(shape)}${fortranOrder ? ' in Fortran order' : ''}`;
      throw new RangeError(`file: expected "|u1" of ${describeShape(wanted)}, got ${got}`);
    }
    const count = wanted.reduce((product, length) => product * length, 1);
    if (bytes.length !== count) throw new RangeError(`file: expected ${count} bytes, got ${bytes.length}`);
    return bytes;
  });
}
