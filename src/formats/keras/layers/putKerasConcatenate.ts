import { concat, type Tensor } from '@tensorflow/tfjs-core';
import type { KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';

interface Concatenate {
  axis: number;
  mergeFunction(inputs: Tensor[]): Tensor;
}

/**
 * Puts a layer that counts axes from the end in the place of a `Concatenate` with a negative axis: of those, TensorFlow.js
 * takes each for the last.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same.
 */
export function putKerasConcatenate(config: KerasConfig): { class_name: string; config: KerasConfig } {
  const { axis = -1 } = config;
  if (typeof axis !== 'number' || axis >= -1) return { class_name: 'Concatenate', config };
  const className = extendLayer<Concatenate>(
    'Concatenate',
    (base) =>
      class extends base {
        override mergeFunction(inputs: Tensor[]): Tensor {
          return concat(inputs, this.axis + inputs[0]!.rank);
        }
      },
  );
  return { class_name: className, config };
}
