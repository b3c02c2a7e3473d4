import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import type { Hdf5Group } from '../hdf5/Hdf5';
import { findFolderWeights } from './findFolderWeights';
import { findNamedWeights } from './findNamedWeights';
import { isKerasObject, isLayerList, type KerasConfig } from './KerasConfig';
import { listPlaces } from './listPlaces';
import { packWeights } from './packWeights';

/**
 * Puts a model and its weights together, as `convertKerasModel` takes them.
 *
 * @param config The model as Keras writes it.
 * @param weights The group that has a list of the layers, or else folders of them.
 * @param version Of the Keras that has written them, where it is known.
 * @throws Error naming the layer whose weights are missing, of another shape, too many, or damaged.
 */
export function createKerasArtifacts(
  config: KerasConfig,
  weights: Hdf5Group,
  version: unknown,
): io.ModelArtifacts {
  const model = isLayerList(config) ? { ...config, config: { layers: config.config } } : config;
  if (!isKerasObject(model)) {
    throw new Error(
      `expected a model as Keras writes it, got ${describeValue(config.class_name)} without layers`,
    );
  }
  const layers = listPlaces(model);
  const { attributes } = weights;
  const isNamed = attributes.has('layer_names') || attributes.has('layer_names0');
  const found = isNamed ? findNamedWeights(weights, layers) : findFolderWeights(weights, layers);
  return {
    format: 'layers-model',
    ...(typeof version === 'string' && { generatedBy: `keras v${version}` }),
    convertedBy: null,
    modelTopology: { ...(typeof version === 'string' && { keras_version: version }), model_config: config },
    ...packWeights(found),
  };
}
