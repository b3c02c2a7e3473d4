import type { Activation } from '../common/types';
import { addToHistogram, EMPTY_HISTOGRAM, type GrowingHistogram, toHistogram } from './growingHistogram';
import type { LayerStatistics } from './LayerStatistics';
import { joinMoments, type Moments, measureMoments, NO_MOMENTS, toStatistics } from './moments';

/** What is known of a layer after some images: plain data, of one size whatever their number. */
export interface LayerState {
  readonly layerName: string;
  readonly className: string;
  readonly images: number;
  readonly maps: readonly Moments[];
  readonly histogram: GrowingHistogram;
  /** Whether an image has lost NaN in it; absent while none has. */
  readonly lostNaN?: true;
}

/** Adds the images of an activation to what is known of its layer; nothing is, to begin with. */
export function addActivation(
  state: LayerState | undefined,
  { layerName, className, shape, data, lostNaN }: Activation,
  bins: number,
): LayerState {
  const channels = shape.length > 1 ? shape.at(-1)! : 1;
  const maps = Array.from({ length: channels }, (_, channel) => {
    return joinMoments(state?.maps[channel] ?? NO_MOMENTS, measureMoments(data, channels, channel));
  });
  const all = toStatistics(maps.reduce(joinMoments));
  return {
    layerName,
    className,
    images: (state?.images ?? 0) + shape[0]!,
    maps,
    histogram: addToHistogram(state?.histogram ?? EMPTY_HISTOGRAM, data, [all.minimum, all.maximum], bins),
    ...((lostNaN || state?.lostNaN) && { lostNaN: true }),
  };
}

export function summarizeLayer({
  layerName,
  className,
  images,
  maps,
  histogram,
  lostNaN,
}: LayerState): LayerStatistics {
  return {
    layerName,
    className,
    images,
    ...toStatistics(maps.reduce(joinMoments)),
    maps: maps.map((moments, channel) => ({ channel, ...toStatistics(moments) })),
    dead: maps.flatMap(({ zeros, count }, channel) => (zeros === count ? [channel] : [])),
    histogram: toHistogram(histogram),
    ...(lostNaN && { lostNaN }),
  };
}
