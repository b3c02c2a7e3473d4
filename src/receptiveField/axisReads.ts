/** For each index along an axis of a layer's output, the indexes of its input that are read, ascending. */
export type AxisReads = readonly (readonly number[])[];

/** A window that slides along an axis: output `o` reads `o · stride - before + k · dilation` for each k below `size`. */
export interface AxisWindow {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

function collect(outputs: number, inputs: number, read: (output: number) => number[]): AxisReads {
  return Array.from({ length: outputs }, (_, output) => {
    return read(output).filter((input) => Number.isInteger(input) && input >= 0 && input < inputs);
  });
}

/** What a convolution or a pooling reads. */
export function readWindow(
  outputs: number,
  inputs: number,
  { size, stride, dilation, before }: AxisWindow,
): AxisReads {
  return collect(outputs, inputs, (output) =>
    Array.from({ length: size }, (_, tap) => output * stride - before + tap * dilation),
  );
}

/** What a transposed convolution reads: the same with output and input changed round. */
export function readTransposed(
  outputs: number,
  inputs: number,
  { size, stride, before }: AxisWindow,
): AxisReads {
  return collect(outputs, inputs, (output) =>
    Array.from({ length: size }, (_, tap) => (output + before - (size - 1 - tap)) / stride),
  );
}

/** What an enlargement by a whole number reads: the nearest below, or with `linear` the two around a point. */
export function readEnlarged(outputs: number, inputs: number, factor: number, linear: boolean): AxisReads {
  return collect(outputs, inputs, (output) => {
    const nearest = Math.floor(output / factor);
    return linear && output % factor > 0 && nearest + 1 < inputs ? [nearest, nearest + 1] : [nearest];
  });
}

/** What reads everything. */
export function readAll(outputs: number, inputs: number): AxisReads {
  const all = Array.from({ length: inputs }, (_, input) => input);
  return Array.from({ length: outputs }, () => all);
}

/**
 * The padding before the first value that `same` makes: half of what is needed, rounded down, as TensorFlow has it.
 */
export function paddingBefore(
  outputs: number,
  inputs: number,
  { size, stride, dilation }: Omit<AxisWindow, 'before'>,
): number {
  return Math.floor(Math.max(0, (outputs - 1) * stride + (size - 1) * dilation + 1 - inputs) / 2);
}
