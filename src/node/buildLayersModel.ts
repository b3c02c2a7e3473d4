import type { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { convertKerasModel } from '../formats/keras/convertKerasModel';
import { limitWeights } from './limitWeights';
import { loadWhole } from './loadWhole';
import { countValues } from './parseModelJson';
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
  const values = (artifacts.weightSpecs ?? []).reduce((sum, { shape }) => sum + countValues(shape), 0);
  const load = () => loadLayersModel({ load: async () => converted });
  return await loadWhole(() => limitWeights(values, load));
}
