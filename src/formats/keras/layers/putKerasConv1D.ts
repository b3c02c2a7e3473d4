import { pad, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';

type Shape = (number | null)[];

interface Conv1D {
  padding: string;
  readonly kernelSize: readonly [number];
  readonly strides: readonly [number];
  readonly dilationRate: readonly [number];
}

/**
 * Puts a layer that pads in front in the place of a `Conv1D` with the padding `'causal'`, so that each step sees itself and
 * those before: TensorFlow.js knows the word and cannot do it.
 *
 * @returns Class and configuration; as they are with another padding.
 */
export function putKerasConv1D(config: KerasConfig): { class_name: string; config: KerasConfig } {
  if (config.padding !== 'causal') return { class_name: 'Conv1D', config };
  const className = extendLayer<Conv1D>(
    'Conv1D',
    (base) =>
      class extends base {
        override computeOutputShape(inputShape: Shape | Shape[]): Shape {
          const [batch, length, channels] = super.computeOutputShape(inputShape) as Shape;
          const [, steps] = inputShape as Shape;
          return [batch!, length === null ? null : Math.ceil(steps! / this.strides[0]), channels!];
        }

        override call(
          inputs: Tensor3D | Tensor3D[],
          kwargs: Parameters<InstanceType<typeof base>['call']>[1],
        ) {
          const [input] = [inputs].flat() as [Tensor3D];
          const before = (this.kernelSize[0] - 1) * this.dilationRate[0];
          return tidy(() => {
            const padded = pad(input, [
              [0, 0],
              [before, 0],
              [0, 0],
            ]);
            this.padding = 'valid';
            try {
              return super.call(padded, kwargs);
            } finally {
              this.padding = 'causal';
            }
          });
        }
      },
  );
  return { class_name: className, config };
}
