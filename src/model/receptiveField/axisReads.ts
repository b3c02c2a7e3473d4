/**
 * What a layer reads along one axis: output `o` reads the inputs `(o · stride - before + k · dilation) / divide` for
 * each k below `size`, as far as there are such inputs. The rest lies in the padding.
 */
export interface AxisReads {
  /** Length of the input. */
  readonly inputs: number;
  readonly size: number;
  /** 0 where every output reads the same. */
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly divide: number;
  /** Whether a fraction means the input below it, and not none. */
  readonly floor: boolean;
  /**
   * Whether beyond the edges the inputs come again in the other direction, and how many of them twice: 0 if the one at the edge
   * does not, 1 if it does. Absent where there is nothing to read.
   */
  readonly mirror?: 0 | 1;
}

/** All inputs that some outputs read; both ascending. */
export function readAxis(
  { inputs, size, stride, dilation, before, divide, floor, mirror }: AxisReads,
  outputs: readonly number[],
): number[] {
  const isRead = new Uint8Array(inputs);
  for (const output of stride > 0 ? outputs : [0]) {
    for (let tap = 0; tap < size; tap++) {
      const exact = (output * stride - before + tap * dilation) / divide;
      const straight = Math.floor(exact);
      const input = mirror === undefined ? straight : turnBack(straight, inputs, mirror);
      if (input >= 0 && input < inputs && (floor || straight === exact)) isRead[input] = 1;
    }
  }
  const read: number[] = [];
  for (let input = 0; input < inputs; input++) if (isRead[input]) read.push(input);
  return read;
}

function turnBack(input: number, inputs: number, twice: 0 | 1): number {
  if (input < 0) return -input - twice;
  return input < inputs ? input : 2 * inputs - 2 + twice - input;
}
