import type { io } from '@tensorflow/tfjs-core';
import type { KerasConfig, KerasObject } from './KerasConfig';

/**
 * Who has written a model down; what its layers mean goes by that.
 *
 * - `'tfjs'`: TensorFlow.js itself. It means what TensorFlow.js computes.
 * - `'keras1'`: Keras on TensorFlow 1, which resized without half pixels as TensorFlow.js does; or nobody says who.
 * - `'keras2'`: Keras 2 on TensorFlow 2.
 * - `'keras3'`: Keras 3.
 */
export type Writer = 'tfjs' | 'keras1' | 'keras2' | 'keras3';

/** Finds out who has written a model: files say so, or have in them what only Keras 3 writes. */
export function findWriter(
  { generatedBy }: io.ModelArtifacts,
  topology: KerasConfig,
  root: KerasObject,
): Writer {
  const version = topology.keras_version ?? root.keras_version ?? generatedBy?.replace(/^keras v/i, '');
  if (typeof version === 'string' && version !== '') {
    if (/^\D*tfjs|^TensorFlow\.js/i.test(version)) return 'tfjs';
    if (/^3\./.test(version)) return 'keras3';
    // Of the Keras that was a package of its own, 2.3 was the first for TensorFlow 2. That within TensorFlow is marked.
    if (/^[01]\.|^2\.[0-2]\./.test(version)) return /tf/.test(version) ? 'keras2' : 'keras1';
    if (/^2\./.test(version)) return 'keras2';
  }
  return /"(batch_shape|DTypePolicy|keras_history)"/.test(JSON.stringify(root)) ? 'keras3' : 'keras1';
}
