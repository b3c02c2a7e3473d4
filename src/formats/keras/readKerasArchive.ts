import { createKerasArtifacts, type KerasArtifacts } from './createKerasArtifacts';
import { parseJson } from './parseJson';

/** What is in a `.keras` file. */
export interface KerasArchive {
  /** `config.json`. */
  readonly config: Uint8Array;
  /** `model.weights.h5`. */
  readonly weights: Uint8Array;
  /** `metadata.json`, which says which version of Keras has written it. */
  readonly metadata?: Uint8Array;
}

/**
 * Reads what is in a `.keras` file, for `convertKerasModel`.
 *
 * @returns The model and its weights, by the names that TensorFlow.js looks for; nothing of how it was trained. The bytes must not
 * change until the weights have been read.
 * @throws Error naming the file or the layer, what is wrong with it, and what to do.
 */
export async function readKerasArchive({ config, weights, metadata }: KerasArchive): Promise<KerasArtifacts> {
  const model = parseJson('config.json', config);
  const version = metadata && parseJson('metadata.json', metadata).keras_version;
  const { readHdf5 } = await import('../hdf5/readHdf5');
  return createKerasArtifacts(model, readHdf5(weights), version);
}
