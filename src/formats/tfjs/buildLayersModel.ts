import type { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { refuseModel } from '../files/refuseModel';
import { convertKerasModel } from '../keras/convertKerasModel';
import { findWrongWeight } from '../keras/findWrongWeight';
import { limitWeights } from './limitWeights';
import { listWeights } from './listWeights';
import { loadLayers } from './loadLayers';
import { loadWhole } from './loadWhole';
import type { ModelContent } from './ModelContent';
import { countValues } from './parseModelJson';

/** Builds a layers model of what its files hold. */
export async function buildLayersModel({
  artifacts,
  weights,
  argument,
  place,
}: ModelContent): Promise<LayersModel> {
  const model = await convertAndLoad(artifacts, weights).catch((cause: unknown) =>
    refuseModel(argument, place, cause),
  );
  // tfjs counts an optimizer that it made from a file as somebody else's and would leave its tensors behind.
  if (artifacts.trainingConfig) Reflect.set(model, 'isOptimizerOwned', true);
  return model;
}

async function convertAndLoad(
  artifacts: io.ModelArtifacts,
  given: ModelContent['weights'] = listWeights(artifacts),
): Promise<LayersModel> {
  const converted = convertKerasModel(artifacts);
  const specs = converted.weightSpecs ?? [];
  const values = specs.reduce((sum, { shape }) => sum + countValues(shape), 0);
  const weights = given?.map((weight, index) => ({ ...weight, name: specs[index]!.name }));
  const load = (each: io.ModelArtifacts) =>
    limitWeights(values, () => loadLayersModel({ load: async () => each }));
  try {
    return await loadWhole(() =>
      weights ? limitWeights(values, () => loadLayers(converted, weights)) : load(converted),
    );
  } catch (cause) {
    const { modelTopology, weightSpecs } = converted;
    if (!weightSpecs || !/^Shape mismatch/.test((cause as Error).message)) throw cause;
    // Once more without weights, to see which of them has another shape; what ends in an error leaves no tensor.
    return await loadWhole(async () => {
      throw findWrongWeight(await load({ modelTopology: modelTopology! }), weightSpecs) ?? cause;
    });
  }
}
