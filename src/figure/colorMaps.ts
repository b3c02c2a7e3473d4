import type { Tile } from '../common/types';
import { pixelsInBlock } from './blocks';
import type { ValueScale } from './valueScales';

/** How the values of one map become palette indices. */
export interface MapColoring {
  readonly channel: number;
  /** Whether the map has neither NaN nor infinities. */
  readonly allFinite: boolean;
  /** The value of the first colour. */
  readonly lowest: number;
  /** The value of the last colour. Where it is `lowest`, that value gets the first colour. */
  readonly highest: number;
  /**
   * Values that it does not cover count as below.
   * @defaultValue colours follow the values evenly
   */
  readonly valueScale?: ValueScale | undefined;
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
 * With t from 0 at `lowest` to 1 at `highest`, the index is `first + floor(t · count)`, and the last one where t is 1. A value is beyond
 * the range if it is beyond the float32 that is nearest to the limit.
 */
export function colorMaps(
  values: Float32Array,
  stride: number,
  colorings: readonly MapColoring[],
): Pick<Tile, 'indices' | 'missing'>[] {
  const pixels = values.length / stride;
  // One piece of memory for all maps: thousands of small ones would take longer to get than to fill.
  const memory = new ArrayBuffer(pixels * colorings.length);
  const maps = colorings.map((coloring, index): ColoredMap => {
    const { allFinite, missing } = coloring;
    const isSimple = isSimplyColored(coloring);
    const indices = new Uint8Array(memory, index * pixels, pixels);
    if (allFinite || missing !== undefined) return { coloring, isSimple, indices };
    return { coloring, isSimple, indices, missing: new Uint8Array(pixels) };
  });
  const step = pixelsInBlock(stride);
  for (let from = 0; from < pixels; from += step) {
    const to = Math.min(pixels, from + step);
    for (let index = 0; index < maps.length; index += 4) {
      // Where fewer than four are left, the last one is coloured again.
      const [a, b, c, d] = [0, 1, 2, 3].map((offset) => maps[Math.min(index + offset, maps.length - 1)]!);
      if (a!.isSimple && b!.isSimple && c!.isSimple && d!.isSimple) {
        colorFour(values, stride, from, to, a!, b!, c!, d!);
      } else for (const map of maps.slice(index, index + 4)) colorFully(values, stride, map, from, to);
    }
  }
  return maps.map(({ indices, missing }) => (missing ? { indices, missing } : { indices }));
}

interface ColoredMap {
  readonly coloring: MapColoring;
  readonly isSimple: boolean;
  readonly indices: Uint8Array;
  readonly missing?: Uint8Array;
}

/** All 256 colours, a linear scale, and nothing that is not finite, as in most figures. */
function isSimplyColored({ allFinite, valueScale, first, count, below, above }: MapColoring): boolean {
  return allFinite && !valueScale && first === 0 && count === 256 && below === 0 && above === 255;
}

/** Four maps at a time, whose values lie side by side, with the fewest steps a value. */
function colorFour(
  values: Float32Array,
  stride: number,
  from: number,
  to: number,
  { coloring: a, indices: indicesA }: ColoredMap,
  { coloring: b, indices: indicesB }: ColoredMap,
  { coloring: c, indices: indicesC }: ColoredMap,
  { coloring: d, indices: indicesD }: ColoredMap,
): void {
  const { channel: atA, lowest: lowestA } = a;
  const { channel: atB, lowest: lowestB } = b;
  const { channel: atC, lowest: lowestC } = c;
  const { channel: atD, lowest: lowestD } = d;
  const rangeA = a.highest - lowestA;
  const rangeB = b.highest - lowestB;
  const rangeC = c.highest - lowestC;
  const rangeD = d.highest - lowestD;
  for (let pixel = from, at = from * stride; pixel < to; pixel++, at += stride) {
    // Over a range of 0 it is NaN, and the index 0, where the value is that of the map.
    const indexA = ((values[at + atA]! - lowestA) / rangeA) * 256;
    const indexB = ((values[at + atB]! - lowestB) / rangeB) * 256;
    const indexC = ((values[at + atC]! - lowestC) / rangeC) * 256;
    const indexD = ((values[at + atD]! - lowestD) / rangeD) * 256;
    indicesA[pixel] = indexA > 0 ? (indexA < 255 ? indexA : 255) : 0;
    indicesB[pixel] = indexB > 0 ? (indexB < 255 ? indexB : 255) : 0;
    indicesC[pixel] = indexC > 0 ? (indexC < 255 ? indexC : 255) : 0;
    indicesD[pixel] = indexD > 0 ? (indexD < 255 ? indexD : 255) : 0;
  }
}

function colorFully(
  values: Float32Array,
  stride: number,
  { coloring, indices, missing: flags }: ColoredMap,
  from: number,
  to: number,
): void {
  const { channel, lowest, highest, valueScale, first, count, below, above, missing } = coloring;
  const start = valueScale ? valueScale.place(lowest) : lowest;
  const range = (valueScale ? valueScale.place(highest) : highest) - start;
  // The values are float32: the one that stands for a limit such as 0.1 may lie on either side of it.
  const [least, most] = [Math.fround(lowest), Math.fround(highest)];
  for (let pixel = from; pixel < to; pixel++) {
    const value = values[pixel * stride + channel]!;
    if (!Number.isFinite(value)) {
      if (flags) flags[pixel] = 1;
      else if (missing !== undefined) indices[pixel] = missing;
      continue;
    }
    // Where the range is NaN, there is nothing to compare with.
    if (value < least || valueScale?.covers(value) === false) indices[pixel] = below;
    else if (value > most) indices[pixel] = above;
    else {
      const t = range > 0 ? ((valueScale ? valueScale.place(value) : value) - start) / range : 0;
      indices[pixel] = first + Math.max(0, Math.min(count - 1, Math.floor(t * count)));
    }
  }
}
