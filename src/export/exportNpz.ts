import { zipSync } from 'fflate';
import type { Activation, Figure, Tile } from '../common/types';
import { sortItems } from './ExportedItems';
import { exportNpy } from './exportNpy';
import { replaceNumbers, toJson } from './jsonNumbers';
import { writeNpy } from './npyFormat';
import { toBytes } from './npyValues';
import { METADATA, type NpzMetadata, nameEntries } from './npzLayout';

/** What fits into a ZIP file that every program reads, headers included. */
const [MOST_ENTRIES, MOST_BYTES] = [65_534, 4_000_000_000];

/**
 * Writes activations and figures as one `.npz` file, which `numpy.load` reads back exactly.
 *
 * An activation is an array by the name of its layer. A figure is several, behind its title and a `/`: `indices`, of the
 * shape `[tiles, height, width]`, `missing` of the same shape, `colormap`, `[256, 4]`, and `rgb`, `[tiles, height, width, 3]`, where
 * tiles have colours of their own. All else is in the array
 * `layerscope`, a text of JSON, for `importNpz`. Names that no file system takes, or that two would share on one, are changed,
 * as by `(2)` at the end.
 *
 * @throws TypeError if something is neither an activation nor a figure, or has a field that they do not have; RangeError if
 * sizes do not fit, such as an activation's data its shape, or it is more than a ZIP file holds.
 */
export function exportNpz(items: readonly (Activation | Figure)[]): Uint8Array<ArrayBuffer> {
  const { activations, figures } = sortItems(items);
  const names = nameEntries(
    activations.map(({ layerName }) => layerName),
    figures.map(({ title }) => title),
  );
  const metadata: NpzMetadata = {
    activations: activations.map(({ data: _, shape: __, ...rest }, index) => ({
      ...rest,
      entry: names[index]!,
    })),
    figures: figures.map(({ colormap, tiles, ...rest }, index) => ({
      ...rest,
      entry: names[activations.length + index]!,
      colormap: colormap.name,
      tiles: tiles.map(({ indices: _, missing, rgb, min, max, ...tile }) => ({
        ...tile,
        min: toJson(min),
        max: toJson(max),
        hasMissing: missing !== undefined,
        ...(rgb && { hasRgb: true }),
      })),
    })),
  };
  const files: Record<string, Uint8Array> = {
    [`${METADATA}.npy`]: writeText(JSON.stringify(metadata, replaceNumbers)),
  };
  activations.forEach((activation, index) => {
    files[`${names[index]}.npy`] = exportNpy(activation);
  });
  figures.forEach((figure, index) => {
    const { tiles, colormap } = figure;
    const [width, height] = [tiles[0]?.width ?? 0, tiles[0]?.height ?? 0];
    const odd = tiles.find((tile) => tile.width !== width || tile.height !== height);
    if (odd) {
      throw new RangeError(
        `items: expected tiles of one size in a figure, got ${width} × ${height} and ${odd.width} × ${odd.height}`,
      );
    }
    const join = (cellsOf: (tile: Tile) => Uint8Array | undefined, ...samples: number[]) => {
      const size = width * height * (samples[0] ?? 1);
      const bytes = new Uint8Array(tiles.length * size);
      tiles.forEach((tile, at) => {
        bytes.set(cellsOf(tile) ?? [], at * size);
      });
      return writeNpy({ descr: '|u1', shape: [tiles.length, height, width, ...samples], bytes });
    };
    const entry = names[activations.length + index]!;
    files[`${entry}/indices.npy`] = join((tile) => tile.indices);
    files[`${entry}/missing.npy`] = join((tile) => tile.missing);
    if (tiles.some((tile) => tile.rgb)) files[`${entry}/rgb.npy`] = join((tile) => tile.rgb, 3);
    files[`${entry}/colormap.npy`] = writeNpy({ descr: '|u1', shape: [256, 4], bytes: colormap.rgba });
  });
  const [count, size] = [
    Object.keys(files).length,
    Object.values(files).reduce((sum, { length }) => sum + length, 0),
  ];
  if (count > MOST_ENTRIES || size > MOST_BYTES) {
    throw new RangeError(
      `items: expected at most ${MOST_ENTRIES} arrays of ${MOST_BYTES} bytes in all, got ${count} of ${size}`,
    );
  }
  return new Uint8Array(zipSync(files));
}

/** A text as numpy keeps it: an array without axes, four bytes a character. */
function writeText(text: string): Uint8Array {
  const characters = Int32Array.from([...text], (character) => character.codePointAt(0)!);
  return writeNpy({ descr: `<U${characters.length}`, shape: [], bytes: toBytes(characters) });
}
