import type { ImageBatch } from './imageBatch';

/** A pixel of the result along one axis: the first source pixel that it takes, and the weight of each from there on. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Resizes images bilinearly, pixel centres at half positions, as `tf.image.resize` of TensorFlow 2 and PyTorch's
 * `interpolate(align_corners=False)` do.
 *
 * @param antialias Whether shrinking widens the triangle that weighs the pixels, so that each of them counts, as in
 * Pillow's `BILINEAR` and PyTorch's `antialias=True`. Without, a thin line may fall between the samples.
 */
export function resizeImages(
  images: ImageBatch,
  height: number,
  width: number,
  antialias: boolean,
): ImageBatch {
  if (images.height === height && images.width === width) return images;
  const columns = createTaps(images.width, width, antialias);
  const rows = createTaps(images.height, height, antialias);
  const { batch, channels } = images;
  const data = new Float32Array(batch * height * width * channels);
  const narrow = new Float64Array(images.height * width * channels);
  for (let image = 0; image < batch; image++) {
    const start = image * images.height * images.width * channels;
    weigh(images.data, start, narrow, 0, images.height, images.width, columns, channels);
    weigh(narrow, 0, data, image * height * width * channels, 1, images.height, rows, width * channels);
  }
  return { ...images, height, width, data };
}

/** Sums along the middle axis of `[lines, length, inner]`, which becomes `[lines, taps.length, inner]`. */
function weigh(
  source: Float32Array | Float64Array,
  sourceStart: number,
  target: Float32Array | Float64Array,
  targetStart: number,
  lines: number,
  length: number,
  taps: readonly Taps[],
  inner: number,
): void {
  let to = targetStart;
  for (let line = 0; line < lines; line++) {
    for (const { first, weights } of taps) {
      const from = sourceStart + (line * length + first) * inner;
      for (let at = 0; at < inner; at++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++)
          sum += weights[tap]! * source[from + tap * inner + at]!;
        target[to++] = sum;
      }
    }
  }
}

function createTaps(from: number, to: number, antialias: boolean): Taps[] {
  const scale = from / to;
  const radius = antialias ? Math.max(1, scale) : 1;
  return Array.from({ length: to }, (_, index) => {
    // At the border the nearest pixel is repeated when interpolating, and left out when averaging.
    const centre = (index + 0.5) * scale - 0.5;
    const middle = antialias ? centre : Math.min(Math.max(centre, 0), from - 1);
    const first = Math.max(0, Math.floor(middle - radius) + 1);
    const last = Math.min(from - 1, Math.ceil(middle + radius) - 1);
    const weights: number[] = [];
    for (let pixel = first; pixel <= last; pixel++) weights.push(1 - Math.abs(pixel - middle) / radius);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
