import {
  add,
  cast,
  div,
  maximum,
  mul,
  reshape,
  sqrt,
  sub,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';

type Numbers = number | readonly (number | Numbers)[];

function listNumbers(numbers: Numbers): number[] {
  return typeof numbers === 'number' ? [numbers] : numbers.flatMap(listNumbers);
}

/** Below that, a standard deviation is taken for that: `keras.config.epsilon()`. */
const LEAST_DEVIATION = 1e-7;

/**
 * The `Normalization` of Keras: (x - mean) / √variance, or the way back. Mean and variance were learned by `adapt`, or are
 * written into the configuration.
 *
 * Its weights in Keras, in their order: `mean` and `variance`, of the sizes along `axis`, and `count`, a whole number; none
 * where the configuration has them.
 */
export class KerasNormalization extends KerasLayer {
  static readonly className = 'KerasNormalization';

  private readonly axis: readonly number[];
  private readonly given: readonly [mean: Numbers, variance: Numbers] | undefined;
  private readonly isInverse: boolean;
  private learned: readonly [mean: LayerVariable, variance: LayerVariable] | undefined;

  constructor(
    args: LayerArgs & {
      axis?: number | number[] | null;
      mean?: Numbers | null;
      variance?: Numbers | null;
      invert?: boolean;
    },
  ) {
    super(args);
    const { axis = -1, mean, variance, invert = false } = args;
    this.axis = axis === null ? [] : [axis].flat();
    this.given = mean != null && variance != null ? [mean, variance] : undefined;
    this.isInverse = invert;
  }

  override build(inputShape: Shape | Shape[]): void {
    const sizes = this.broadcastShape(inputShape as Shape).filter((_, axis) =>
      this.isKept(axis, inputShape.length),
    );
    if (!this.given) {
      const add = (name: string) => this.addZeros(name, sizes, { trainable: false });
      this.learned = [add('mean'), add('variance')];
      this.addZeros('count', [], { dtype: 'int32', trainable: false });
    }
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const input = cast(onlyTensor(inputs), 'float32');
      const [mean, variance] = (this.learned?.map((weight) => weight.read()) ??
        this.given!.map((numbers) => tensor(listNumbers(numbers)))) as [Tensor, Tensor];
      const spread = (values: Tensor) =>
        reshape(values, values.size === 1 ? [] : (this.broadcastShape(input.shape) as number[]));
      const deviation = maximum(sqrt(spread(variance)), LEAST_DEVIATION);
      return this.isInverse
        ? add(mul(input, deviation), spread(mean))
        : div(sub(input, spread(mean)), deviation);
    });
  }

  /** The sizes along the axes, and 1 along the others. */
  private broadcastShape(shape: Shape): Shape {
    return shape.map((size, axis) => (this.isKept(axis, shape.length) ? size : 1));
  }

  private isKept(axis: number, rank: number): boolean {
    return this.axis.includes(axis) || this.axis.includes(axis - rank);
  }
}
