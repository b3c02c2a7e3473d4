import type { Tensor } from '@tensorflow/tfjs-core';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';
import { moveToLast } from './moveToLast';

/**
 * Puts a layer that normalizes along any axis in the place of a `BatchNormalization`: along another than the last,
 * TensorFlow.js gives each value the mean and variance of some channel, not of its own.
 *
 * @returns Class and configuration; as they are where the axis is the last.
 */
export function putKerasBatchNormalization(config: KerasConfig): { class_name: string; config: KerasConfig } {
  // Keras 2 writes a list of one.
  const [axis = -1] = [config.axis].flat() as number[];
  if (axis === -1) return { class_name: 'BatchNormalization', config: { ...config, axis } };
  const className = extendLayer<{ axis: number }>(
    'BatchNormalization',
    (base) =>
      class extends base {
        override call(inputs: Tensor | Tensor[], kwargs: Parameters<InstanceType<typeof base>['call']>[1]) {
          const [input] = [inputs].flat() as [Tensor];
          const { axis } = this;
          return moveToLast(input, axis, (moved) => {
            this.axis = -1;
            try {
              return super.call(moved, kwargs) as Tensor;
            } finally {
              this.axis = axis;
            }
          });
        }
      },
  );
  return { class_name: className, config: { ...config, axis } };
}
