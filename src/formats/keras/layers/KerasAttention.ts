import {
  add,
  expandDims,
  matMul,
  mul,
  softmax,
  sum,
  type Tensor,
  type Tensor3D,
  tanh,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { KerasLayer, type LayerArgs, type Shape } from './KerasLayer';

/** Layers that look at the steps of a sequence by scores that are computed without heads; without masks. */
abstract class KerasScores extends KerasLayer {
  protected readonly isScaled: boolean;
  protected scale: LayerVariable | undefined;

  constructor(args: LayerArgs & { useScale?: boolean }, isScaled: boolean) {
    super(args);
    this.isScaled = args.useScale ?? isScaled;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [query, value] = this.listShapes(inputShape, 2, 3) as [Shape, Shape];
    return [...query.slice(0, -1), value.at(-1)!];
  }

  /** @param inputs Query, value and key; the key is the value where there is none. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const [query, value, key = value] = inputs as [Tensor3D, Tensor3D, Tensor3D | undefined];
    return tidy(() => matMul(softmax(this.score(query, key)), value));
  }

  /** `[batch, queries, keys]`. */
  protected abstract score(query: Tensor3D, key: Tensor3D): Tensor3D;
}

/** Each query with each key: `[batch, queries, keys, channels]`. */
function addPairs(query: Tensor3D, key: Tensor3D): Tensor {
  return add(expandDims(query, 2), expandDims(key, 1));
}

/**
 * The `Attention` of Keras: the scores are products, or with `score_mode` `'concat'` the tanh of sums.
 *
 * Its weights in Keras, in their order: `scale`, [], with `use_scale`; `concat_score_weight`, [], with `'concat'`.
 */
export class KerasAttention extends KerasScores {
  static readonly className = 'KerasAttention';

  private readonly isSum: boolean;
  private factor: LayerVariable | undefined;

  constructor(args: LayerArgs & { useScale?: boolean; scoreMode?: 'dot' | 'concat' }) {
    super(args, false);
    this.isSum = args.scoreMode === 'concat';
  }

  override build(): void {
    if (this.isScaled) this.scale = this.addZeros('scale', []);
    if (this.isSum) this.factor = this.addZeros('concat_score_weight', []);
    this.built = true;
  }

  protected override score(query: Tensor3D, key: Tensor3D): Tensor3D {
    const scaled = <T extends Tensor>(values: T): T =>
      this.scale ? mul<T>(values, this.scale.read()) : values;
    if (!this.isSum) return scaled(matMul(query, key, false, true));
    return mul(sum(tanh(scaled(addPairs(query, key))), -1), this.factor!.read());
  }
}

/**
 * The `AdditiveAttention` of Keras. Bahdanau et al., "Neural Machine Translation by Jointly Learning to Align and Translate",
 * 2015.
 *
 * Its weight in Keras: `scale`, [channels], with `use_scale`.
 */
export class KerasAdditiveAttention extends KerasScores {
  static readonly className = 'KerasAdditiveAttention';

  constructor(args: LayerArgs & { useScale?: boolean }) {
    super(args, true);
  }

  override build(inputShape: Shape | Shape[]): void {
    const [, value] = this.listShapes(inputShape, 2, 3) as [Shape, Shape];
    if (this.isScaled) this.scale = this.addZeros('scale', [value.at(-1)!]);
    this.built = true;
  }

  protected override score(query: Tensor3D, key: Tensor3D): Tensor3D {
    const sums = tanh(addPairs(query, key));
    return sum(this.scale ? mul(sums, this.scale.read()) : sums, -1);
  }
}
