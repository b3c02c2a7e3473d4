import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import type { ActivationModel } from './selection/ActivationModel';
import type { LayerSelector } from './selection/selectLayers';

/** Does what `createActivationModel` does, and loads only what this kind of model takes. */
export async function loadActivationModel(
  model: LayersModel | GraphModelLike,
  layers: LayerSelector | undefined,
  preActivation: boolean,
): Promise<ActivationModel> {
  if (isGraphModel(model)) {
    const { createGraphActivationModel } = await import('./graph/createGraphActivationModel');
    return createGraphActivationModel(model, layers, preActivation);
  }
  const { createLayersActivationModel } = await import('./layers/createLayersActivationModel');
  return createLayersActivationModel(model, layers, preActivation);
}
