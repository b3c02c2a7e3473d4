import type { GraphModel } from '@tensorflow/tfjs-converter';
import { reasonOf } from '../../common/files/reasonOf';
import { requireKnownOperations } from '../../model/graph/requireKnownOperations';
import { refuseModel } from '../files/refuseModel';
import { lendWeights } from './lendWeights';
import { loadWhole } from './loadWhole';
import type { ModelContent } from './ModelContent';
import { requireNodes } from './requireNodes';

/** Builds a graph model of what its files hold. */
export async function buildGraphModel({
  artifacts,
  weights,
  argument,
  place,
}: ModelContent): Promise<GraphModel> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter').catch((cause: unknown) => {
    throw new Error(
      `layerscope: expected @tensorflow/tfjs-converter for a graph model, got none (${reasonOf(cause)}); npm install @tensorflow/tfjs-converter`,
      { cause },
    );
  });
  try {
    requireNodes(artifacts.modelTopology);
  } catch (cause) {
    refuseModel(argument, place, cause);
  }
  const lent = weights ? lendWeights(artifacts, weights) : { artifacts, tfio: undefined };
  const load = () => loadGraphModel({ load: async () => lent.artifacts }, {}, lent.tfio);
  const model = await loadWhole(load).catch((cause: unknown) => refuseModel(argument, place, cause));
  try {
    requireKnownOperations(model);
    return model;
  } catch (cause) {
    model.dispose();
    return refuseModel(argument, place, cause);
  }
}
