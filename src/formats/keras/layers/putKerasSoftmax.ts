import { softmax, type Tensor } from '@tensorflow/tfjs-core';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';
import { moveToLast } from './moveToLast';

/**
 * Puts a layer that goes along any axis in the place of a `Softmax`: TensorFlow.js only goes along the last, or along several.
 * Without an axis it would go along the axis 1, and not along the last as Keras does.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same.
 */
export function putKerasSoftmax(config: KerasConfig): { class_name: string; config: KerasConfig } {
  const axes = [config.axis ?? -1].flat() as number[];
  const [axis] = axes;
  if (axes.length !== 1) return { class_name: 'Softmax', config };
  if (axis === -1) return { class_name: 'Softmax', config: { ...config, axis } };
  const className = extendLayer<{ axis: number }>(
    'Softmax',
    (base) =>
      class extends base {
        override call(inputs: Tensor | Tensor[]): Tensor {
          const [input] = [inputs].flat() as [Tensor];
          return moveToLast(input, this.axis, (moved) => softmax(moved));
        }
      },
  );
  return { class_name: className, config: { ...config, axis } };
}
