import { greaterEqual, minimum, mul, sub, type Tensor, tidy, where } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor } from './KerasLayer';

/**
 * The `ReLU` of Keras with a slope below its threshold: slope × (x - threshold) there, x above, and no more than `max_value`.
 * It has no weights.
 */
export class KerasReLU extends KerasLayer {
  static readonly className = 'KerasReLU';

  private readonly slope: number;
  private readonly threshold: number;
  private readonly largest: number;

  constructor(
    args: LayerArgs & { negativeSlope?: number | null; threshold?: number | null; maxValue?: number | null },
  ) {
    super(args);
    this.slope = args.negativeSlope ?? 0;
    this.threshold = args.threshold ?? 0;
    this.largest = args.maxValue ?? Number.POSITIVE_INFINITY;
  }

  /** TensorFlow.js would read a file that calls it a ReLU, and pass over what is special about it. */
  override getClassName(): string {
    return 'KerasReLU';
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = onlyTensor(inputs);
      const below = mul(sub(input, this.threshold), this.slope);
      const above = Number.isFinite(this.largest) ? minimum(input, this.largest) : input;
      return where(greaterEqual(input, this.threshold), above, below);
    });
  }
}
