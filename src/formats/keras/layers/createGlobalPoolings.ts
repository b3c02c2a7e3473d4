import { max, mean, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { KerasLayer, type LayerArgs, onlyTensor, type Shape } from './KerasLayer';
import type { OwnLayerClass } from './OwnLayerClass';

/**
 * Makes the classes of global pooling that TensorFlow.js lacks: over three axes, or with `keepdims`. They have no weights.
 */
export function createGlobalPoolings(): OwnLayerClass[] {
  return [1, 2, 3].flatMap((axes) => [
    createGlobalPooling('Average', mean, axes),
    createGlobalPooling('Max', max, axes),
  ]);
}

function createGlobalPooling(word: string, reduce: typeof mean, axes: number) {
  const name = `Global${word}Pooling${axes}D`;
  return class extends KerasLayer {
    static readonly className = `Keras${name}`;

    private readonly dataFormat: string;
    private readonly isKept: boolean;

    constructor(args: LayerArgs & { dataFormat?: string; keepdims?: boolean }) {
      super(args);
      this.dataFormat = args.dataFormat ?? 'channelsLast';
      this.isKept = args.keepdims ?? false;
    }

    /** Where TensorFlow.js has one of that name, it would read a file that calls it so, and pass over `keepdims`. */
    override getClassName(): string {
      return axes === 3 ? name : `Keras${name}`;
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape {
      const shape = inputShape as Shape;
      if (this.isKept) return shape.map((size, axis) => (this.axes.includes(axis) ? 1 : size));
      return shape.filter((_, axis) => !this.axes.includes(axis));
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tidy(() => reduce(onlyTensor(inputs), this.axes, this.isKept));
    }

    private get axes(): number[] {
      const first = this.dataFormat === 'channelsFirst' ? 2 : 1;
      return Array.from({ length: axes }, (_, axis) => first + axis);
    }
  };
}
