import { reshape, type Tensor, tidy, tile } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';

/** Layers that repeat each step of one axis, or of three, some times. They have no weights. */
abstract class KerasUpSampling extends KerasLayer {
  private readonly factors: readonly number[];
  private readonly dataFormat: string;

  constructor(args: LayerArgs & { size?: number | number[]; dataFormat?: string }, axes: number) {
    super(args);
    const { size = 2, dataFormat } = args;
    this.factors = Array.isArray(size) ? size : Array(axes).fill(size);
    this.dataFormat = dataFormat ?? 'channelsLast';
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape).map((size, axis) => size && size * (this.factors[axis - this.first] ?? 1));
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() =>
      this.factors.reduce(
        (output, factor, at) => repeat(output, at + this.first, factor),
        onlyTensor(inputs),
      ),
    );
  }

  private get first(): number {
    return this.dataFormat === 'channelsFirst' ? 2 : 1;
  }
}

function repeat(input: Tensor, axis: number, times: number): Tensor {
  const { shape } = input;
  const before = shape.slice(0, axis + 1).reduce((product, size) => product * size, 1);
  const after = shape.slice(axis + 1);
  const rest = after.reduce((product, size) => product * size, 1);
  const repeated = tile(reshape(input, [before, 1, rest]), [1, times, 1]);
  return reshape(repeated, [...shape.slice(0, axis), shape[axis]! * times, ...after]);
}

export class KerasUpSampling1D extends KerasUpSampling {
  static readonly className = 'KerasUpSampling1D';

  constructor(args: ConstructorParameters<typeof KerasUpSampling>[0]) {
    super(args, 1);
  }
}

export class KerasUpSampling3D extends KerasUpSampling {
  static readonly className = 'KerasUpSampling3D';

  constructor(args: ConstructorParameters<typeof KerasUpSampling>[0]) {
    super(args, 3);
  }
}
