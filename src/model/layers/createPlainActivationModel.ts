import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ActivationModel } from '../selection/ActivationModel';
import { type LayerSelector, selectLayers } from '../selection/selectLayers';
import { assembleActivationModel, listOutputs } from './assembleActivationModel';
import { hasChannelsFirst } from './hasChannelsFirst';
import { listUses } from './listUses';
import { requireLayersModel } from './requireLayersModel';

/**
 * Does what `createActivationModel` does for the most common kind of model, which takes the least code.
 *
 * @returns `undefined` if the model is of another kind: one with channels first.
 */
export function createPlainActivationModel(
  model: LayersModel,
  selector: LayerSelector | undefined,
): ActivationModel | undefined {
  requireLayersModel(model);
  const graph = listUses(model);
  if (hasChannelsFirst(graph.steps)) return undefined;
  return assembleActivationModel(model, graph, listOutputs(selectLayers(graph.uses, selector)));
}
