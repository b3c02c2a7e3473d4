import type { Activation, Figure, Tile } from '../common/types';

/** The array that says what the others are. */
export const METADATA = 'layerscope';

/** Letters of a name at the most: those of a file of most systems, its ending and number too. */
const LONGEST_NAME = 200;

/** What the arrays do not say. Numbers that JSON has no sign for are texts. */
export interface NpzMetadata {
  readonly activations: readonly (Omit<Activation, 'data' | 'shape'> & { readonly entry: string })[];
  readonly figures: readonly (Omit<Figure, 'colormap' | 'tiles'> & {
    readonly entry: string;
    readonly colormap: string;
    readonly tiles: readonly (Omit<Tile, 'indices' | 'missing' | 'rgb' | 'min' | 'max'> & {
      readonly min: number | string;
      readonly max: number | string;
      readonly hasMissing: boolean;
      readonly hasRgb?: true;
    })[];
  })[];
}

/** Makes names of entries: none leads out of a folder that it is unpacked into, and none is there twice. */
export function nameEntries(names: readonly string[]): string[] {
  const taken = new Set([METADATA]);
  return names.map((name) => {
    const safe = name
      .slice(0, LONGEST_NAME)
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\\:*?"<>|]/gu, '_')
      .split('/')
      .map((part) => (/^\.*$/.test(part) ? '_' : part))
      .join('/');
    let unique = safe;
    for (let number = 2; taken.has(unique); number++) unique = `${safe} (${number})`;
    taken.add(unique);
    return unique;
  });
}
