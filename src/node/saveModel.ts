import { io, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../backend/ensureBackend';
import { describeValue } from '../common/errors';
import { toFilePath } from '../common/files/toFilePath';
import { quote } from '../common/quote';
import { requireOptions } from '../common/requireOptions';
import { requireLayersModel } from '../model/layers/requireLayersModel';
import type { OpenedModel } from '../model/OpenedModel';
import { unwrapModel } from '../model/unwrapModel';
import { writeModelFiles } from './writeModelFiles';

export interface SaveModelOptions {
  /**
   * Whether to save the optimizer and its state as well, so that training can go on after loading.
   * @defaultValue false
   */
  includeOptimizer?: boolean | undefined;
}

/**
 * Saves a model in a folder as TensorFlow.js does: a `model.json`, and the weights in a file beside it. `loadModel` reads
 * it, and so does `tf.loadLayersModel` from an address.
 *
 * The folder holds a whole model at any time. The weights get a new name each time, and `model.json` is replaced last, in
 * one step: whatever goes wrong before, the model that was there stays. Weights that this function wrote earlier are then
 * removed, and what a process has left that was killed while it saved, when it is an hour old; other files are left alone.
 *
 * @param model A layers model, or what `openModel` has returned of one. Stays the caller's; no tensor is left behind.
 * @param directory A folder, which is made if it is missing.
 * @throws TypeError (the promise is rejected) if `model` is no layers model or not built, if `directory` is no path, or
 * if `includeOptimizer` asks for what the model has not; Error if the model has been disposed, if two of its weights
 * have one name, if `directory` is a file, or if it cannot be written to.
 */
export async function saveModel(
  model: LayersModel | OpenedModel,
  directory: string,
  options: SaveModelOptions = {},
): Promise<void> {
  requireOptions(options, { includeOptimizer: true });
  const { includeOptimizer = false } = options;
  const { model: network } = unwrapModel<LayersModel>(model);
  requireLayersModel(network);
  requireDistinctNames(network);
  if (typeof directory !== 'string' || directory === '') {
    throw new TypeError(`directory: expected the path of a folder, got ${describeValue(directory)}`);
  }
  const folder = await toFilePath('directory', directory);
  if (typeof includeOptimizer !== 'boolean') {
    throw new TypeError(`includeOptimizer: expected true or false, got ${describeValue(includeOptimizer)}`);
  }
  if (includeOptimizer && !network.optimizer) {
    throw new TypeError('includeOptimizer: expected a model that is compiled, got one without optimizer');
  }
  await ensureBackend();

  const handler = io.withSaveHandler(async (artifacts) => {
    await writeModelFiles(folder, artifacts);
    return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
  });
  if (includeOptimizer) await saveWithOptimizer(network, handler);
  else await network.save(handler);
}

/** Weights are told apart by name when a model is loaded, so that tfjs writes such a model and then cannot read it. */
function requireDistinctNames(model: LayersModel): void {
  const names = model.weights.map(({ originalName }) => originalName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(
      `model: expected a name of its own for every weight, got ${quote(twice)} twice; name the layers apart`,
    );
  }
}

/** tfjs makes a tensor of the optimizer's step count at each save and leaves it to nobody; here it is disposed. */
async function saveWithOptimizer(model: LayersModel, handler: io.IOHandler): Promise<void> {
  const made: Tensor[] = [];
  const { optimizer } = model;
  // Views that read through to the originals: those belong to the caller, and may be saved twice at the same time.
  const optimizerView: Optimizer = Object.create(optimizer, {
    getWeights: {
      value: async () => {
        const weights = await optimizer.getWeights();
        made.push(...weights.map(({ tensor }) => tensor).filter((tensor) => !('assign' in tensor)));
        return weights;
      },
    },
  });
  const modelView: LayersModel = Object.create(model, { optimizer: { value: optimizerView } });
  try {
    await modelView.save(handler, { includeOptimizer: true });
  } finally {
    for (const tensor of made) tensor.dispose();
  }
}
