import { type serialization, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { quote } from '../../../common/quote';

export type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];
export type Shape = (number | null)[];

/**
 * A layer of Keras that TensorFlow.js does not have. It is registered by the name that it has in Keras with `Keras` before
 * it, so that one which somebody registers by the name itself is another; to whoever asks, and in files, it has the name
 * that it has in Keras, by which TensorFlow.js alone refuses it.
 *
 * Its weights begin as they may: those of a file are put in their place.
 */
export abstract class KerasLayer extends layers.Layer {
  /** What Keras writes of it, but for what any layer has. */
  private readonly settings: serialization.ConfigDict;

  constructor(args: LayerArgs) {
    super(args);
    this.settings = { ...args } as serialization.ConfigDict;
  }

  override getClassName(): string {
    return (this.constructor as unknown as { className: string }).className.replace(/^Keras/, '');
  }

  /** Adds a weight of zeros, into which a file's values come. */
  protected addZeros(
    name: string,
    shape: readonly (number | null)[],
    options: { dtype?: 'float32' | 'int32'; trainable?: boolean } = {},
  ): LayerVariable {
    const { dtype = 'float32', trainable = true } = options;
    return this.addWeight(name, [...shape], dtype, initializers.zeros(), undefined, trainable);
  }

  /**
   * The shapes of the tensors that it is given.
   *
   * @throws Error naming it, if they are fewer or more.
   */
  protected listShapes(inputShape: Shape | Shape[], least: number, most: number): Shape[] {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    if (shapes.length >= least && shapes.length <= most) return shapes;
    throw new Error(
      `the layer ${quote(this.name)} is a ${this.getClassName()} that is called with ${shapes.length} tensors; expected ${least === most ? least : `${least} to ${most}`}`,
    );
  }

  override getConfig(): serialization.ConfigDict {
    return { ...this.settings, ...super.getConfig() };
  }
}

/** The one tensor that a layer is given. */
export function onlyTensor<T extends Tensor>(inputs: Tensor | Tensor[]): T {
  return [inputs].flat()[0] as T;
}

/**
 * Computes something of a tensor whose channels come last.
 *
 * @param isFirst Whether they come first in `input`, behind the batch, and shall in what comes out.
 * @returns A tensor that belongs to the tidy around it.
 */
export function withChannelsLast<T extends Tensor>(
  input: Tensor,
  isFirst: boolean,
  compute: (input: T) => Tensor,
): Tensor {
  if (!isFirst) return compute(input as T);
  const axes = input.shape.map((_, axis) => axis);
  const [batch, channels, ...others] = axes as [number, number, ...number[]];
  const output = compute(transpose(input, [batch, ...others, channels]) as T);
  const last = output.rank - 1;
  return transpose(output, [0, last, ...Array.from({ length: last - 1 }, (_, axis) => axis + 1)]);
}
