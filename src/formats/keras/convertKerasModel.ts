import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { convertModelConfig } from './convertModelConfig';
import { findWriter } from './findWriter';
import { freeBatch } from './freeBatch';
import { isKerasObject, isLayerList, isRecord, type KerasConfig } from './KerasConfig';
import { renameWeights } from './renameWeights';
import { requireReferences } from './requireReferences';
import { requireSizes } from './requireSizes';

/**
 * Makes what Keras has written, and a converter has put into a `model.json`, into what `loadLayersModel` of TensorFlow.js
 * reads and computes as Keras does: shapes, types, connections and the names of weights of Keras 3; of Keras 2 too what
 * TensorFlow.js would compute otherwise. What TensorFlow.js itself has written keeps its meaning.
 *
 * On the way it looks for what TensorFlow.js does not have, or has and would pass over without a word.
 *
 * @param artifacts What an `io.IOHandler` loads; it is not changed.
 * @returns The same weights, by the names that TensorFlow.js looks for.
 * @throws Error naming the layer, what it is or does that is not supported, and what to do, or what it refers to that is not there;
 * TypeError if `artifacts` is none.
 */
export function convertKerasModel(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const topology = artifacts?.modelTopology as unknown;
  if (!isRecord(topology)) {
    throw new TypeError(`artifacts: expected { modelTopology, … }, got ${describeValue(artifacts)}`);
  }
  const written = (topology.model_config ?? topology) as KerasConfig;
  const root = isLayerList(written) ? { ...written, config: { layers: written.config } } : written;
  // What some versions of TensorFlow.js itself have written goes by other names.
  if (!isKerasObject(root)) {
    requireReferences(root);
    requireSizes(root, artifacts.weightSpecs);
    return artifacts;
  }
  const writer = findWriter(artifacts, topology, root);
  const sized = convertModelConfig(root, '', writer);
  const model = writer === 'tfjs' ? sized : freeBatch(sized);
  const { weightSpecs } = artifacts;
  requireReferences(model);
  requireSizes(model, weightSpecs);
  const converted = isLayerList(written) ? { ...written, config: model.config.layers } : model;
  if (!weightSpecs && JSON.stringify(converted) === JSON.stringify(written)) return artifacts;
  return {
    ...artifacts,
    modelTopology: topology.model_config === undefined ? converted : { ...topology, model_config: converted },
    ...(weightSpecs && { weightSpecs: renameWeights(weightSpecs, model) }),
  };
}
