/** How the windows of a convolution or a pool lie along one axis. */
export interface WindowAxis {
  /** Number of values of the input. */
  readonly length: number;
  /** Number of values of the kernel, and what it spans with the gaps of its dilation. */
  readonly size: number;
  readonly span: number;
  readonly stride: number;
  readonly dilation: number;
  /** Number of windows. */
  readonly count: number;
  /** Zeros before the input, and after it as far as the last window goes: negative where it ends earlier. */
  readonly before: number;
  readonly after: number;
}

export interface WindowAttributes {
  readonly strides: number | number[];
  readonly dilations?: number | number[];
  readonly pad: 'valid' | 'same' | number;
}

/**
 * Works out the windows of a 3-D convolution or pool, as TensorFlow does: where `same` has windows that skip values, tfjs
 * itself pads by negative numbers.
 *
 * @param lengths Depth, height and width of the input.
 * @param counts Those of the output: tfjs does not hand the rounding mode to all its gradients.
 */
export function windowAxes(
  lengths: readonly number[],
  sizes: number | readonly number[],
  counts: readonly number[],
  { strides, dilations = 1, pad }: WindowAttributes,
): WindowAxis[] {
  const along = (numbers: number | readonly number[], axis: number) =>
    typeof numbers === 'number' ? numbers : numbers[axis]!;
  return lengths.map((length, axis) => {
    const [size, stride, dilation] = [along(sizes, axis), along(strides, axis), along(dilations, axis)];
    const count = counts[axis]!;
    const span = (size - 1) * dilation + 1;
    const reach = (count - 1) * stride + span;
    const before = pad === 'same' ? Math.floor(Math.max(0, reach - length) / 2) : pad === 'valid' ? 0 : pad;
    return { length, size, span, stride, dilation, count, before, after: reach - length - before };
  });
}
