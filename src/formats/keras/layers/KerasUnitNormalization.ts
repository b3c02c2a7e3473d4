import { maximum, mul, rsqrt, square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor } from './KerasLayer';

/** Below that, the sum of squares is taken for that: `epsilon` of `tf.math.l2_normalize`. */
const LEAST_SQUARE = 1e-12;

/** The `UnitNormalization` of Keras: what lies along some axes is made 1 long. It has no weights. */
export class KerasUnitNormalization extends KerasLayer {
  static readonly className = 'KerasUnitNormalization';

  private readonly axis: number | number[];

  constructor(args: LayerArgs & { axis?: number | number[] }) {
    super(args);
    this.axis = args.axis ?? -1;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = onlyTensor(inputs);
      return mul(input, rsqrt(maximum(sum(square(input), this.axis, true), LEAST_SQUARE)));
    });
  }
}
