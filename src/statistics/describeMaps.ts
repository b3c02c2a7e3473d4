import { formatShape } from '../common/errors';
import type { Activation } from '../common/types';

/** What is to be said of one feature map. */
export interface MapStatistics {
  readonly channel: number;
  /** Of its finite values, as is `max` and `mean`; `NaN` where it has none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Share of its values that are exactly 0, from 0 to 1. */
  readonly zeros: number;
  /** Share of its values that are NaN or infinite, from 0 to 1. */
  readonly nonFinite: number;
  /** Whether all of its values are 0: a ReLU that this image never opens. */
  readonly dead: boolean;
}

/** Values that are read channel by channel before the next ones: they stay in the fastest cache. */
const BLOCK = 4096;

/**
 * Describes each map of a layer for one image.
 *
 * @param activation Shape `[batch, height, width, channels]`.
 * @param image Which image of the batch, from 0.
 * @throws RangeError if the shape has not four sizes, or there is no such image.
 */
export function describeMaps({ shape, data }: Activation, image = 0): MapStatistics[] {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  if (shape.length !== 4 || !(image >= 0 && image < batch)) {
    throw new RangeError(
      `activation: expected [batch, height, width, channels] with an image ${image}, got ${formatShape(shape)}`,
    );
  }
  const pixels = height * width;
  const size = pixels * channels;
  const values = data.subarray(image * size, (image + 1) * size);
  const bits = new Int32Array(values.buffer, values.byteOffset, size);
  const maps = Array.from({ length: channels }, () => {
    return { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, sum: 0, zeros: 0, nonFinite: 0 };
  });
  const block = Math.ceil(BLOCK / channels) * channels;
  for (let from = 0; from < size; from += block) {
    const to = Math.min(size, from + block);
    for (let channel = 0; channel < channels; channel++) {
      const map = maps[channel]!;
      let { min, max, sum, zeros, nonFinite } = map;
      for (let at = from + channel; at < to; at += channels) {
        // Of all bits but the sign, the first eight are 1 in NaN and the infinities.
        const magnitude = bits[at]! << 1;
        if (magnitude >>> 24 === 255) {
          nonFinite++;
          continue;
        }
        const value = values[at]!;
        sum += value;
        if (value < min) min = value;
        if (value > max) max = value;
        // 1 where they are all 0; after a ReLU no branch could foresee it.
        zeros += 1 - ((magnitude | -magnitude) >>> 31);
      }
      map.min = min;
      map.max = max;
      map.sum = sum;
      map.zeros = zeros;
      map.nonFinite = nonFinite;
    }
  }
  return maps.map(({ min, max, sum, zeros, nonFinite }, channel) => {
    const finite = pixels - nonFinite;
    return {
      channel,
      min: finite > 0 ? min : Number.NaN,
      max: finite > 0 ? max : Number.NaN,
      mean: sum / finite,
      zeros: zeros / pixels,
      nonFinite: nonFinite / pixels,
      dead: zeros === pixels,
    };
  });
}
