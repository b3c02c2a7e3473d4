import type { Tile } from '../types';

/** How the values of one map become palette indices. */
export interface MapColoring {
  readonly channel: number;
  /** Whether the map has neither NaN nor infinities. */
  readonly allFinite: boolean;
  /** The value of the first colour. */
  readonly lowest: number;
  /** The value of the last colour. Where it is `lowest`, that value gets the first colour. */
  readonly highest: number;
  /** Whether colours follow the logarithm; values that have none count as below. */
  readonly log?: boolean;
  /** The palette index of the first colour, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** The palette indices of values below and above the range. */
  readonly below: number;
  readonly above: number;
  /** The palette index of what is not finite; without one it is marked in `missing`. */
  readonly missing?: number;
}

/**
 * Gives each value of interleaved maps its palette index: value `p · stride + channel` of `values` is pixel p of a map.
 *
 * With t from 0 at `lowest` to 1 at `highest`, the index is `first + floor(t · count)`, and the last one where t is 1.
 */
export function colorMaps(
  values: Float32Array,
  stride: number,
  colorings: readonly MapColoring[],
): Pick<Tile, 'indices' | 'missing'>[] {
  return colorings.map((coloring) => colorMap(values, stride, coloring));
}

function colorMap(
  values: Float32Array,
  stride: number,
  { channel, allFinite, lowest, highest, log, first, count, below, above, missing }: MapColoring,
): Pick<Tile, 'indices' | 'missing'> {
  const pixels = values.length / stride;
  const indices = new Uint8Array(pixels);
  const flags = allFinite || missing !== undefined ? undefined : new Uint8Array(pixels);
  const from = log ? Math.log(lowest) : lowest;
  const range = (log ? Math.log(highest) : highest) - from;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = values[pixel * stride + channel]!;
    if (!Number.isFinite(value)) {
      if (flags) flags[pixel] = 1;
      else if (missing !== undefined) indices[pixel] = missing;
      continue;
    }
    if (value < lowest) indices[pixel] = below;
    else if (value > highest) indices[pixel] = above;
    else {
      const t = range > 0 ? ((log ? Math.log(value) : value) - from) / range : 0;
      indices[pixel] = first + Math.min(count - 1, Math.floor(t * count));
    }
  }
  return flags ? { indices, missing: flags } : { indices };
}
