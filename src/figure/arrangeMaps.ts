import { describeValue, formatShape, requireWholeNumber } from '../common/errors';
import { quote } from '../common/quote';
import type { Activation } from '../common/types';
import type { Maps } from './drawMaps';

export interface ArrangeOptions {
  /**
   * Which slice to draw of maps of three dimensions, or which step of a layer that is distributed over time, from 0; or
   * `'all'`, a row of them for each channel.
   * @defaultValue the middle one
   */
  slice?: number | 'all' | undefined;
  /**
   * How to draw a vector: as one row of values, or row by row as a block.
   * @defaultValue `'strip'` up to 64 values, `'block'` above
   */
  vectors?: 'strip' | 'block' | undefined;
}

/** Maps, and how they are best shown. */
export interface ArrangedMaps extends Maps {
  /** Where the layer's values are no images: how to read the picture. */
  readonly note?: string;
  /** What fits these maps better than the defaults for images. */
  readonly columns?: number;
  readonly gap?: number;
  readonly per?: 'layer';
  /** The slice that has been taken of each map. */
  readonly slice?: number;
  /** Cells at the end of each map that stand for no value. */
  readonly padding?: number;
}

/** Values of the longest vector that is drawn as a strip unless asked otherwise. */
const LONGEST_STRIP = 64;

/**
 * Sees what a layer put out for one image as maps:
 *
 * - `[batch, height, width, channels]`: a map for each channel.
 * - `[batch, steps, channels]`: a row for each channel, one below the other: a heat map.
 * - `[batch, depth, height, width, channels]`: one slice of each channel, or all.
 * - `[batch, values]`, `[batch]`: one map, a strip or a block, which is read as text is.
 *
 * @param image Which image of the batch, from 0; it must be there.
 * @returns Values that share the memory of `activation`, but for a block.
 * @throws RangeError if the shape is none of these, or an option does not fit it.
 */
export function arrangeMaps(activation: Activation, image: number, options: ArrangeOptions): ArrangedMaps {
  const { slice, vectors } = options;
  if (vectors !== undefined && vectors !== 'strip' && vectors !== 'block') {
    throw new RangeError(`vectors: expected 'strip' or 'block', got ${describeValue(vectors)}`);
  }
  if (slice !== undefined && slice !== 'all') requireWholeNumber('slice', slice, 0);
  const sizes = activation.shape.slice(1);
  const size = sizes.reduce((product, each) => product * each, 1);
  const values = activation.data.subarray(image * size, (image + 1) * size);
  const [one = 1, two = 1, three = 1, four = 1] = sizes;
  switch (sizes.length) {
    case 0:
    case 1:
      return arrangeVector(values, vectors ?? (size > LONGEST_STRIP ? 'block' : 'strip'));
    case 2:
      return {
        width: one,
        height: 1,
        count: two,
        values,
        columns: 1,
        gap: 0,
        per: 'layer',
        ...(two > 1 && { note: 'a row a channel' }),
      };
    case 3:
      return { height: one, width: two, count: three, values };
    case 4:
      return arrangeSlices({ height: two, width: three, count: four, values, slices: one }, slice);
    default:
      throw new RangeError(
        `activation: expected a shape of 1 to 5 sizes, got ${formatShape(activation.shape)} from layer ${quote(activation.layerName)}`,
      );
  }
}

function arrangeVector(values: Float32Array, form: 'strip' | 'block'): ArrangedMaps {
  const { length } = values;
  const width = form === 'strip' ? length : Math.ceil(Math.sqrt(length));
  const height = Math.ceil(length / width);
  const padding = width * height - length;
  const padded = padding > 0 ? new Float32Array(width * height).fill(Number.NaN) : values;
  if (padding > 0) padded.set(values);
  return {
    width,
    height,
    count: 1,
    values: padded,
    padding,
    note: height > 1 ? `${length} values in rows of ${width}` : `${length} value${length > 1 ? 's' : ''}`,
  };
}

function arrangeSlices(maps: Maps & { slices: number }, slice?: number | 'all'): ArrangedMaps {
  const { slices, width, height, count, values } = maps;
  if (slices === 1) return { width, height, count, values };
  if (slice === 'all') return { ...maps, columns: slices, note: `${slices} slices a row` };
  const chosen = slice ?? slices >> 1;
  if (chosen >= slices) {
    throw new RangeError(`slice: expected a whole number from 0 to ${slices - 1}, or 'all', got ${chosen}`);
  }
  const size = width * height * count;
  return {
    width,
    height,
    count,
    values: values.subarray(chosen * size, (chosen + 1) * size),
    slice: chosen,
    note: `slice ${chosen} of 0 to ${slices - 1}`,
  };
}
