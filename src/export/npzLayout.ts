import { cutName, foldName, isDeviceName } from '../common/files/names';
import type { Activation, Figure, Tile } from '../common/types';

/** The array that says what the others are. */
export const METADATA = 'layerscope';

/** What the arrays do not say. Numbers that JSON has no sign for are texts. */
export interface NpzMetadata {
  readonly activations: readonly (Omit<Activation, 'data' | 'shape'> & { readonly entry: string })[];
  readonly figures: readonly NpzFigure[];
}

export type NpzFigure = Omit<Figure, 'colormap' | 'tiles'> & {
  readonly entry: string;
  readonly colormap: string;
  readonly tiles: readonly NpzTile[];
};

export type NpzTile = Omit<Tile, 'indices' | 'missing' | 'rgb' | 'min' | 'max'> & {
  readonly min: number | string;
  readonly max: number | string;
  readonly hasMissing: boolean;
  readonly hasRgb?: true;
};

/** The arrays that a figure is kept as, each behind its name and a `/`. */
const PARTS = ['indices', 'missing', 'rgb', 'colormap'];

/** Bytes of a name and of a part of it between two `/` at the most: file systems take 255 for a part. */
const [LONGEST, LONGEST_PART] = [1000, 200];

/**
 * Makes names of entries. None leads out of a folder that it is unpacked into, none is there twice on any file system, as a
 * file or as a folder, and none is what numpy takes for another: it looks for `a` as `a.npy` too.
 */
export function nameEntries(activations: readonly string[], figures: readonly string[]): string[] {
  const taken = new Set([foldName(METADATA)]);
  const numbers = new Map<string, number>();
  const name = (wanted: string, parts: readonly string[]) => {
    const safe = makeSafe(wanted);
    const entriesOf = (entry: string) =>
      [entry, ...parts.map((part) => `${entry}/${part}`)].map((each) => foldName(each));
    // From where the last one of that name ended: there may be thousands.
    let number = numbers.get(safe) ?? 1;
    let unique = number === 1 ? safe : `${safe} (${number})`;
    while (entriesOf(unique).some((entry) => taken.has(entry))) unique = `${safe} (${++number})`;
    numbers.set(safe, number);
    for (const entry of entriesOf(unique)) taken.add(entry);
    return unique;
  };
  return [...activations.map((wanted) => name(wanted, [])), ...figures.map((wanted) => name(wanted, PARTS))];
}

function makeSafe(name: string): string {
  return cutName(name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\\:*?"<>|]/gu, '_'), LONGEST)
    .split('/')
    .map((part) => {
      // Windows drops dots and blanks at the end. A folder may not be called as a file is.
      const plain = cutName(part, LONGEST_PART)
        .replace(/[. ]+$/, '_')
        .replace(/\.npy$/i, '_npy');
      return plain === '' || isDeviceName(plain) ? `_${plain}` : plain;
    })
    .join('/');
}
