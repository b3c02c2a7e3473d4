import { createKerasArtifacts, type KerasArtifacts } from './createKerasArtifacts';
import { parseJson } from './parseJson';
import { readText } from './readList';
import { type KerasHdf5Content, recognizeKerasHdf5 } from './recognizeKerasHdf5';

/** What a HDF5 file is instead of a model, and what to do. */
const REASONS: Readonly<Record<Exclude<KerasHdf5Content, 'whole model'>, string>> = {
  'weights only':
    'it has weights only, no model; save the whole model with model.save("model.keras"), or give what model.to_json() returns beside it',
  'something else': 'it is a HDF5 file, but neither a model of Keras nor the weights of one',
};

/**
 * Reads a `.h5` or `.weights.h5` file of Keras, for `convertKerasModel`.
 *
 * @param config What `model.to_json()` returns, or `config.json` of a `.keras` file: for files that have weights only.
 * @returns The model and its weights, by the names that TensorFlow.js looks for; nothing of how it was trained. The bytes must not
 * change until the weights have been read.
 * @throws Error naming the layer, what is wrong with it or with the file, and what to do.
 */
export async function readKerasHdf5(
  bytes: Uint8Array,
  config?: string | Uint8Array,
): Promise<KerasArtifacts> {
  const { readHdf5 } = await import('../hdf5/readHdf5');
  const root = readHdf5(bytes);
  const content = recognizeKerasHdf5(root);
  if (content !== 'whole model') {
    if (content === 'something else' || config === undefined) throw new Error(REASONS[content]);
    const model = parseJson('config', config);
    return createKerasArtifacts(model, root, model.keras_version ?? readText(root, 'keras_version'));
  }
  const weights = root.children.get('model_weights');
  if (weights?.kind !== 'group')
    throw new Error('it has a model without weights; save it again with model.save');
  const model = parseJson('model_config', readText(root, 'model_config')!);
  return createKerasArtifacts(
    model,
    weights,
    readText(root, 'keras_version') ?? readText(weights, 'keras_version'),
  );
}
