import { serialization } from '@tensorflow/tfjs-core';
import type { KerasConfig } from '../KerasConfig';
import { KerasReLU } from './KerasReLU';

/**
 * Puts layers that have a slope below 0, or a threshold other than 0, in the place of a `ReLU` that has: TensorFlow.js would
 * pass over both.
 *
 * @returns Class and configuration; as they are where TensorFlow.js does the same.
 */
export function putKerasReLU(config: KerasConfig): { class_name: string; config: KerasConfig } {
  const { negative_slope: slope, threshold, max_value: largest, ...others } = config;
  if (!slope && !threshold) return { class_name: 'ReLU', config };
  if (!threshold && (largest === undefined || largest === null)) {
    return { class_name: 'LeakyReLU', config: { ...others, alpha: slope } };
  }
  serialization.registerClass(KerasReLU);
  return { class_name: KerasReLU.className, config };
}
