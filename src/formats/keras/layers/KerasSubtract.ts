import { sub, type Tensor } from '@tensorflow/tfjs-core';
import { KerasLayer, type Shape } from './KerasLayer';

/** The `Subtract` of Keras: the first of two tensors less the second. It has no weights. */
export class KerasSubtract extends KerasLayer {
  static readonly className = 'KerasSubtract';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [one, other] = this.listShapes(inputShape, 2, 2) as [Shape, Shape];
    const rank = Math.max(one.length, other.length);
    const [left, right] = [one, other].map((shape) => [...Array(rank - shape.length).fill(1), ...shape]) as [
      Shape,
      Shape,
    ];
    return left.map((size, axis) => (size === 1 ? right[axis]! : size));
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [one, other] = inputs as [Tensor, Tensor];
    return sub(one, other);
  }
}
