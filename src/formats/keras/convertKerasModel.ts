import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { convertModelConfig } from './convertModelConfig';
import { isKerasObject, isRecord, type KerasConfig, type KerasObject } from './KerasConfig';
import { renameWeights } from './renameWeights';

/** Files of Keras 3 say so, or have in them what only Keras 3 writes. */
function isKeras3(topology: KerasConfig, root: KerasObject): boolean {
  const version = topology.keras_version ?? (root as KerasObject & { keras_version?: unknown }).keras_version;
  if (typeof version === 'string') return /^3\./.test(version);
  return /"(batch_shape|DTypePolicy|keras_history)"/.test(JSON.stringify(root));
}

/**
 * Makes what Keras 3 has written, and a converter has put into a `model.json`, into what `loadLayersModel` of TensorFlow.js
 * reads: shapes, types, connections and the names of weights. What Keras 2 or TensorFlow.js has written stays as it is.
 *
 * On the way it looks for what TensorFlow.js does not have, or has and would pass over without a word.
 *
 * @param artifacts What an `io.IOHandler` loads; it is not changed.
 * @returns The same weights, by the names that TensorFlow.js looks for.
 * @throws Error naming the layer, what it is or does that is not supported, and what to do; TypeError if `artifacts` is none.
 */
export function convertKerasModel(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const topology = artifacts?.modelTopology as unknown;
  if (!isRecord(topology)) {
    throw new TypeError(`artifacts: expected { modelTopology, … }, got ${describeValue(artifacts)}`);
  }
  const root = (topology.model_config ?? topology) as KerasConfig;
  // What TensorFlow.js itself has written goes by other names.
  if (!isKerasObject(root)) return artifacts;
  const model = convertModelConfig(root, '', isKeras3(topology, root));
  const { weightSpecs } = artifacts;
  return {
    ...artifacts,
    modelTopology: topology.model_config === undefined ? model : { ...topology, model_config: model },
    ...(weightSpecs && { weightSpecs: renameWeights(weightSpecs, model) }),
  };
}
