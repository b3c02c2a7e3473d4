/** Depth, height and width; 1 for what an image has not. */
export type Triple = readonly [number, number, number];

/** How windows lie over an image. */
export interface Windows {
  readonly size: Triple;
  readonly filter: Triple;
  readonly stride: Triple;
  readonly dilation: Triple;
  readonly pad: 'same' | 'valid';
}

/** How many windows there are on each axis, and how far before the image the first begins, as TensorFlow lays them. */
export function layWindows({ size, filter, stride, dilation, pad }: Windows) {
  const axes = size.map((length, axis) => {
    const reach = (filter[axis]! - 1) * dilation[axis]! + 1;
    if (pad === 'valid') return { count: Math.floor((length - reach) / stride[axis]!) + 1, before: 0 };
    const count = Math.ceil(length / stride[axis]!);
    const padding = Math.max(0, (count - 1) * stride[axis]! + reach - length);
    return { count, before: Math.floor(padding / 2) };
  });
  return {
    count: axes.map(({ count }) => count) as unknown as Triple,
    before: axes.map(({ before }) => before) as unknown as Triple,
  };
}

/** Visits each value of the image that a window sees: the window, the place in the image and in the filter. */
function forEachTap(windows: Windows, visit: (window: number, place: number, tap: number) => void): void {
  const { size, filter, stride, dilation } = windows;
  const { count, before } = layWindows(windows);
  for (let od = 0; od < count[0]; od++)
    for (let oh = 0; oh < count[1]; oh++)
      for (let ow = 0; ow < count[2]; ow++)
        for (let fd = 0; fd < filter[0]; fd++)
          for (let fh = 0; fh < filter[1]; fh++)
            for (let fw = 0; fw < filter[2]; fw++) {
              const d = od * stride[0] - before[0] + fd * dilation[0];
              const h = oh * stride[1] - before[1] + fh * dilation[1];
              const w = ow * stride[2] - before[2] + fw * dilation[2];
              if (d < 0 || h < 0 || w < 0 || d >= size[0] || h >= size[1] || w >= size[2]) continue;
              visit(
                (od * count[1] + oh) * count[2] + ow,
                (d * size[1] + h) * size[2] + w,
                (fd * filter[1] + fh) * filter[2] + fw,
              );
            }
}

const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

/** Convolves images `[batch, depth, height, width, inChannels]`, or each channel by itself. */
export function convolve(
  x: Float32Array,
  filter: Float32Array,
  windows: Windows,
  channels: { batch: number; in: number; out: number; depthwise?: boolean },
): Float64Array {
  const { batch, in: inChannels, out: outChannels, depthwise = false } = channels;
  const [places, count] = [product(windows.size), product(layWindows(windows).count)];
  const values = new Float64Array(batch * count * outChannels);
  const multiplier = outChannels / inChannels;
  for (let image = 0; image < batch; image++) {
    forEachTap(windows, (window, place, tap) => {
      const from = (image * places + place) * inChannels;
      const to = (image * count + window) * outChannels;
      for (let out = 0; out < outChannels; out++) {
        if (depthwise) {
          values[to + out]! += x[from + Math.floor(out / multiplier)]! * filter[tap * outChannels + out]!;
          continue;
        }
        for (let one = 0; one < inChannels; one++) {
          values[to + out]! += x[from + one]! * filter[(tap * inChannels + one) * outChannels + out]!;
        }
      }
    });
  }
  return values;
}

/** The transpose of `convolve`: what comes out has the size of the windows' image. */
export function convolveTransposed(
  dy: Float32Array,
  filter: Float32Array,
  windows: Windows,
  channels: { batch: number; in: number; out: number },
): Float64Array {
  const { batch, in: inChannels, out: outChannels } = channels;
  const [places, count] = [product(windows.size), product(layWindows(windows).count)];
  const values = new Float64Array(batch * places * inChannels);
  for (let image = 0; image < batch; image++) {
    forEachTap(windows, (window, place, tap) => {
      for (let one = 0; one < inChannels; one++) {
        for (let out = 0; out < outChannels; out++) {
          values[(image * places + place) * inChannels + one]! +=
            dy[(image * count + window) * outChannels + out]! *
            filter[(tap * inChannels + one) * outChannels + out]!;
        }
      }
    });
  }
  return values;
}

/** The largest value of each window, or the mean of those within the image. */
export function pool(
  kind: 'max' | 'avg',
  x: Float32Array,
  windows: Windows,
  { batch, channels }: { batch: number; channels: number },
): Float64Array {
  const [places, count] = [product(windows.size), product(layWindows(windows).count)];
  const largest = new Float64Array(batch * count * channels).fill(Number.NEGATIVE_INFINITY);
  const sums = new Float64Array(largest.length);
  const seen = new Float64Array(largest.length);
  for (let image = 0; image < batch; image++) {
    forEachTap(windows, (window, place) => {
      for (let channel = 0; channel < channels; channel++) {
        const value = x[(image * places + place) * channels + channel]!;
        const to = (image * count + window) * channels + channel;
        largest[to] = Math.max(largest[to]!, value);
        sums[to]! += value;
        seen[to]!++;
      }
    });
  }
  return kind === 'max' ? largest : sums.map((sum, at) => sum / seen[at]!);
}
