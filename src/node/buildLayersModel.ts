import type { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { convertKerasModel } from '../formats/keras/convertKerasModel';
import { findWrongWeight } from '../formats/keras/findWrongWeight';
import { loadWhole } from './loadWhole';
import type { ModelFiles } from './readModelFiles';
import { refuseModel } from './refuseModel';

/** Builds a layers model of what its files hold. */
export async function buildLayersModel({ file, artifacts }: ModelFiles): Promise<LayersModel> {
  const model = await convertAndLoad(artifacts).catch((cause: unknown) => refuseModel(file, cause));
  // tfjs counts an optimizer that it made from a file as somebody else's and would leave its tensors behind.
  if (artifacts.trainingConfig) Reflect.set(model, 'isOptimizerOwned', true);
  return model;
}

async function convertAndLoad(artifacts: io.ModelArtifacts): Promise<LayersModel> {
  const converted = convertKerasModel(artifacts);
  const load = loadWhole(() => loadLayersModel({ load: async () => converted }));
  return await load.catch((cause: unknown) => nameWrongWeight(converted, cause));
}

/** Says which weight has another shape than the model has for it, if that is what is wrong. */
async function nameWrongWeight(artifacts: io.ModelArtifacts, cause: unknown): Promise<never> {
  const { modelTopology, weightSpecs } = artifacts;
  if (!weightSpecs || !(cause instanceof Error) || !/^Shape mismatch/.test(cause.message)) throw cause;
  // What ends in an error leaves no tensor.
  return await loadWhole(async () => {
    const model = await loadLayersModel({ load: async () => ({ modelTopology: modelTopology! }) });
    throw findWrongWeight(model, weightSpecs) ?? cause;
  });
}
