import { pad, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';

type Edge = readonly [before: number, behind: number];
/** The same on all sides, or what is said of each axis; of one axis, a pair says what is before and behind. */
type Edges = number | readonly (number | Edge)[];

/** Layers that put zeros around the values of some axes, or cut some off. They have no weights. */
abstract class KerasEdges extends KerasLayer {
  private readonly edges: readonly Edge[];
  private readonly dataFormat: string;

  constructor(args: LayerArgs & { dataFormat?: string }, edges: Edges, axes: number) {
    super(args);
    const each: readonly (number | Edge)[] =
      typeof edges === 'number' ? Array(axes).fill(edges) : axes === 1 ? [edges as Edge] : edges;
    this.edges = each.map((edge) => (typeof edge === 'number' ? [edge, edge] : edge));
    this.dataFormat = args.dataFormat ?? 'channelsLast';
  }

  /** What is put around the values of an axis, and taken from them where it is below 0. */
  protected edgesOf(axis: number): Edge {
    return this.edges[axis - (this.dataFormat === 'channelsFirst' ? 2 : 1)] ?? [0, 0];
  }
}

abstract class KerasZeroPadding extends KerasEdges {
  constructor(args: LayerArgs & { dataFormat?: string; padding?: Edges }, axes: number) {
    super(args, args.padding ?? 1, axes);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape).map(
      (size, axis) => size && size + this.edgesOf(axis)[0] + this.edgesOf(axis)[1],
    );
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = onlyTensor(inputs);
    return pad(
      input,
      input.shape.map((_, axis) => [...this.edgesOf(axis)] as [number, number]),
    );
  }
}

abstract class KerasCropping extends KerasEdges {
  constructor(args: LayerArgs & { dataFormat?: string; cropping?: Edges }, axes: number) {
    super(args, args.cropping ?? 1, axes);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape).map(
      (size, axis) => size && size - this.edgesOf(axis)[0] - this.edgesOf(axis)[1],
    );
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = onlyTensor(inputs);
    return tidy(() =>
      slice(
        input,
        input.shape.map((_, axis) => this.edgesOf(axis)[0]),
        this.computeOutputShape(input.shape) as number[],
      ),
    );
  }
}

export class KerasZeroPadding1D extends KerasZeroPadding {
  static readonly className = 'KerasZeroPadding1D';

  constructor(args: ConstructorParameters<typeof KerasZeroPadding>[0]) {
    super(args, 1);
  }
}

export class KerasZeroPadding3D extends KerasZeroPadding {
  static readonly className = 'KerasZeroPadding3D';

  constructor(args: ConstructorParameters<typeof KerasZeroPadding>[0]) {
    super(args, 3);
  }
}

export class KerasCropping1D extends KerasCropping {
  static readonly className = 'KerasCropping1D';

  constructor(args: ConstructorParameters<typeof KerasCropping>[0]) {
    super(args, 1);
  }
}

export class KerasCropping3D extends KerasCropping {
  static readonly className = 'KerasCropping3D';

  constructor(args: ConstructorParameters<typeof KerasCropping>[0]) {
    super(args, 3);
  }
}
