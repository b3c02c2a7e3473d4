import type { LayersModel } from '@tensorflow/tfjs-layers';
import { givePreprocess } from './givePreprocess';
import { createGraphActivationModel } from './graph/createGraphActivationModel';
import { findOutputNode } from './graph/findOutputNode';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { createLayersActivationModel } from './layers/createLayersActivationModel';
import { findOutputUse } from './layers/findOutputUse';
import type { OpenedModel } from './OpenedModel';
import type { PredictingModel } from './selection/ActivationModel';
import type { LayerSelector } from './selection/selectLayers';
import { unwrapModel } from './unwrapModel';

/**
 * Does what `createActivationModel` does, and has the network's output computed too, as the last of what is put out: if it is
 * a vector, or of a graph, of which only a run tells.
 *
 * @param selector `null` for nothing but the output.
 * @throws As `createActivationModel` does.
 */
export function createPredictingModel(
  given: LayersModel | GraphModelLike | OpenedModel,
  selector: LayerSelector | undefined | null,
  preActivation = false,
): PredictingModel {
  const { model, preprocess } = unwrapModel<LayersModel | GraphModelLike>(given);
  const made = isGraphModel(model)
    ? createGraphActivationModel(model, selector, preActivation, findOutputNode)
    : createLayersActivationModel(model, selector, preActivation, findOutputUse);
  return givePreprocess(made, preprocess);
}
