import { add, elu, exp, minimum, mul, relu, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor } from './KerasLayer';

/** The `ELU` of Keras with any alpha: alpha × (exp(x) - 1) below 0. It has no weights. */
export class KerasELU extends KerasLayer {
  static readonly className = 'KerasELU';

  private readonly alpha: number;

  constructor(args: LayerArgs & { alpha?: number | null }) {
    super(args);
    this.alpha = args.alpha ?? 1;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = onlyTensor(inputs);
      if (this.alpha === 1) return elu(input);
      return add(relu(input), mul(sub(exp(minimum(input, 0)), 1), this.alpha));
    });
  }
}
