import type { Activation } from '../types';

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

/**
 * Describes each map of a layer for one image.
 *
 * @param activation Shape `[batch, height, width, channels]`.
 * @param image Which image of the batch, from 0.
 */
export function describeMaps({ shape, data }: Activation, image = 0): MapStatistics[] {
  const [, height, width, channels] = shape as [number, number, number, number];
  const pixels = height * width;
  const start = image * pixels * channels;
  return Array.from({ length: channels }, (_, channel) => {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let zeros = 0;
    let finite = 0;
    for (let at = start + channel, end = start + pixels * channels; at < end; at += channels) {
      const value = data[at]!;
      if (value - value !== 0) continue; // NaN and the infinities, for which the difference is NaN
      finite++;
      sum += value;
      if (value === 0) zeros++;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return {
      channel,
      min: finite > 0 ? min : Number.NaN,
      max: finite > 0 ? max : Number.NaN,
      mean: finite > 0 ? sum / finite : Number.NaN,
      zeros: zeros / pixels,
      nonFinite: 1 - finite / pixels,
      dead: zeros === pixels,
    };
  });
}
