import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import type { Hdf5Group } from '../hdf5/Hdf5';
import type { LazyWeight } from '../weights/LazyWeight';
import { findFolderWeights } from './findFolderWeights';
import { findNamedWeights } from './findNamedWeights';
import { isKerasObject, isLayerList, type KerasConfig } from './KerasConfig';
import { listPlaces } from './listPlaces';
import { readWeights } from './readWeights';

/** A model as `convertKerasModel` takes it, but for the values of its weights. */
export interface KerasArtifacts extends io.ModelArtifacts {
  /** Those that `weightSpecs` lists, by the same names. */
  readonly weights: readonly LazyWeight[];
}

/**
 * Puts a model and its weights together.
 *
 * @param config The model as Keras writes it.
 * @param group The one that has a list of the layers, or else folders of them.
 * @param version Of the Keras that has written them, where it is known.
 * @throws Error naming the layer whose weights are missing, of another shape, or too many.
 */
export function createKerasArtifacts(
  config: KerasConfig,
  group: Hdf5Group,
  version: unknown,
): KerasArtifacts {
  const model = isLayerList(config) ? { ...config, config: { layers: config.config } } : config;
  if (!isKerasObject(model)) {
    throw new Error(
      `expected a model as Keras writes it, got ${describeValue(config.class_name)} without layers`,
    );
  }
  const layers = listPlaces(model);
  const { attributes } = group;
  const isNamed = attributes.has('layer_names') || attributes.has('layer_names0');
  const found = isNamed ? findNamedWeights(group, layers) : findFolderWeights(group, layers);
  const weights = readWeights(found);
  return {
    format: 'layers-model',
    ...(typeof version === 'string' && { generatedBy: `keras v${version}` }),
    convertedBy: null,
    modelTopology: { ...(typeof version === 'string' && { keras_version: version }), model_config: config },
    weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
    weights,
  };
}
