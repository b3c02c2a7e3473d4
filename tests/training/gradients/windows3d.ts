import { randomSource, sizeOf } from '../random';

/** A convolution or pool in 3-D. */
export interface Windows {
  readonly shape: [number, number, number, number, number];
  readonly size: [number, number, number];
  readonly strides: [number, number, number];
  readonly dilations: [number, number, number];
  readonly pad: 'valid' | 'same';
}

type Place = readonly [depth: number, row: number, column: number];

/** Output size and zeros before, of each axis, by the rule of TensorFlow. */
export function windowSizes({ shape, size, strides, dilations, pad }: Windows) {
  const axes = [0, 1, 2].map((axis) => {
    const [length, stride] = [shape[axis + 1]!, strides[axis]!];
    const span = (size[axis]! - 1) * dilations[axis]! + 1;
    if (pad === 'valid') return { count: Math.ceil((length - span + 1) / stride), before: 0 };
    const count = Math.ceil(length / stride);
    return { count, before: Math.floor(Math.max(0, (count - 1) * stride + span - length) / 2) };
  });
  return {
    counts: axes.map(({ count }) => count) as [number, number, number],
    before: axes.map(({ before }) => before) as [number, number, number],
  };
}

/** Calls back for each place of each window that lies inside the image. */
export function visitPlaces(
  windows: Windows,
  visit: (image: number, output: Place, kernel: Place, input: Place) => void,
): void {
  const { shape, size, strides, dilations } = windows;
  const { counts, before } = windowSizes(windows);
  const places = (lengths: readonly number[]) => {
    const all: Place[] = [];
    for (let d = 0; d < lengths[0]!; d++) {
      for (let h = 0; h < lengths[1]!; h++) for (let w = 0; w < lengths[2]!; w++) all.push([d, h, w]);
    }
    return all;
  };
  for (let image = 0; image < shape[0]; image++) {
    for (const output of places(counts)) {
      for (const kernel of places(size)) {
        const input = output.map(
          (at, axis) => at * strides[axis]! - before[axis]! + kernel[axis]! * dilations[axis]!,
        ) as unknown as Place;
        if (input.every((at, axis) => at >= 0 && at < shape[axis + 1]!)) visit(image, output, kernel, input);
      }
    }
  }
}

/** Place of a value in an array of such lengths. */
export function offsetOf(lengths: readonly number[], ...place: number[]): number {
  return place.reduce((offset, at, axis) => offset * lengths[axis]! + at, 0);
}

/** Windows of random shape; dilations only where `dilated`, and then with strides of 1. */
export function randomWindows(seed: number, dilated = false): Windows {
  const { whole, pick } = randomSource(seed);
  const three = (low: number, high: number) =>
    [whole(low, high), whole(low, high), whole(low, high)] as [number, number, number];
  const size = three(1, 3);
  const dilations = dilated ? three(1, 2) : ([1, 1, 1] as [number, number, number]);
  const lengths = size.map((length, axis) => (length - 1) * dilations[axis]! + 1 + whole(0, 3));
  return {
    shape: [whole(1, 2), ...lengths, whole(1, 3)] as Windows['shape'],
    size,
    strides: dilated ? [1, 1, 1] : three(1, 3),
    dilations,
    pad: pick(['valid', 'same'] as const),
  };
}

export function label(windows: Windows): string {
  return JSON.stringify(windows).replaceAll('"', '');
}

export function randomValues(seed: number, shape: readonly number[]) {
  return { values: randomSource(seed).floats(sizeOf(shape)), shape };
}
