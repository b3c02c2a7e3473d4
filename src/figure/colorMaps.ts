import type { Tile } from '../types';
import { pixelsInBlock } from './blocks';

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
  const pixels = values.length / stride;
  const maps = colorings.map((coloring): ColoredMap => {
    const { allFinite, missing, log, first, count, below, above } = coloring;
    const isSimple = allFinite && !log && first === 0 && count === 256 && below === 0 && above === 255;
    return {
      coloring,
      indices: new Uint8Array(pixels),
      missing: allFinite || missing !== undefined ? undefined : new Uint8Array(pixels),
      color: isSimple ? colorSimply : colorFully,
    };
  });
  const step = pixelsInBlock(stride);
  for (let from = 0; from < pixels; from += step) {
    const to = Math.min(pixels, from + step);
    for (const map of maps) map.color(values, stride, map, from, to);
  }
  return maps.map(({ indices, missing }) => (missing ? { indices, missing } : { indices }));
}

interface ColoredMap {
  readonly coloring: MapColoring;
  readonly indices: Uint8Array;
  readonly missing: Uint8Array | undefined;
  /** Colours the pixels from one up to another. */
  readonly color: (values: Float32Array, stride: number, map: ColoredMap, from: number, to: number) => void;
}

/** All 256 colours, a linear scale, and nothing that is not finite: most figures, and so the fewest steps a value. */
function colorSimply(
  values: Float32Array,
  stride: number,
  { coloring: { channel, lowest, highest }, indices }: ColoredMap,
  from: number,
  to: number,
): void {
  const range = highest - lowest;
  // A constant map has index 0 everywhere, unless the range is given and it lies above.
  if (!(range > 0)) {
    for (let pixel = from; pixel < to; pixel++) {
      indices[pixel] = values[pixel * stride + channel]! > highest ? 255 : 0;
    }
    return;
  }
  for (let pixel = from, at = from * stride + channel; pixel < to; pixel++, at += stride) {
    const index = ((values[at]! - lowest) / range) * 256;
    indices[pixel] = index < 255 ? (index > 0 ? index : 0) : 255;
  }
}

function colorFully(
  values: Float32Array,
  stride: number,
  { coloring, indices, missing: flags }: ColoredMap,
  from: number,
  to: number,
): void {
  const { channel, lowest, highest, log, first, count, below, above, missing } = coloring;
  const start = log ? Math.log(lowest) : lowest;
  const range = (log ? Math.log(highest) : highest) - start;
  for (let pixel = from; pixel < to; pixel++) {
    const value = values[pixel * stride + channel]!;
    if (!Number.isFinite(value)) {
      if (flags) flags[pixel] = 1;
      else if (missing !== undefined) indices[pixel] = missing;
      continue;
    }
    // Where the range is NaN, there is nothing to compare with.
    if (value < lowest || (log && value <= 0)) indices[pixel] = below;
    else if (value > highest) indices[pixel] = above;
    else {
      const t = range > 0 ? ((log ? Math.log(value) : value) - start) / range : 0;
      indices[pixel] = first + Math.min(count - 1, Math.floor(t * count));
    }
  }
}
