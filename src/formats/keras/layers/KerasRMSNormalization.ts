import { add, mean, mul, reshape, rsqrt, square, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';

/**
 * The `RMSNormalization` of Keras 3: x / √(mean of x² + epsilon) along some axes, times `scale`. Zhang and Sennrich, "Root
 * Mean Square Layer Normalization", 2019, equation 4.
 *
 * Its weight in Keras: `scale`, of the sizes along the axes.
 */
export class KerasRMSNormalization extends KerasLayer {
  static readonly className = 'KerasRMSNormalization';

  private readonly axis: readonly number[];
  private readonly epsilon: number;
  private scale: LayerVariable | undefined;

  constructor(args: LayerArgs & { axis?: number | number[]; epsilon?: number }) {
    super(args);
    const { axis = -1, epsilon = 1e-6 } = args;
    this.axis = [axis].flat();
    this.epsilon = epsilon;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    this.scale = this.addZeros(
      'scale',
      shape.filter((_, axis) => this.isAlong(axis, shape.length)),
    );
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = onlyTensor(inputs);
      const sizes = input.shape.map((size, axis) => (this.isAlong(axis, input.rank) ? size : 1));
      const normal = mul(input, rsqrt(add(mean(square(input), [...this.axis], true), this.epsilon)));
      return mul(normal, reshape(this.scale!.read(), sizes));
    });
  }

  private isAlong(axis: number, rank: number): boolean {
    return this.axis.includes(axis) || this.axis.includes(axis - rank);
  }
}
