import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createActivationModel } from './createActivationModel';
import type { GraphModelLike } from './graph/GraphModelLike';
import type { OpenedModel } from './OpenedModel';
import { type ActivationModel, isActivationModel } from './selection/ActivationModel';
import { requireUnchosen } from './selection/requireUnchosen';
import type { LayerSelector } from './selection/selectLayers';

/**
 * Makes an activation model of a model, or takes one that has been made.
 *
 * @returns It, and what to call when it is no longer used: one that was made here is disposed then.
 * @throws TypeError or RangeError as `createActivationModel` does, and where something is chosen of one that has chosen.
 */
export function lendActivationModel(
  model: LayersModel | GraphModelLike | OpenedModel | ActivationModel,
  layers: LayerSelector | undefined,
  preActivation?: boolean | undefined,
): { readonly activationModel: ActivationModel; giveBack(): void } {
  if (isActivationModel(model)) {
    requireUnchosen(layers, preActivation);
    return { activationModel: model, giveBack: () => undefined };
  }
  const activationModel = createActivationModel(model, layers, { preActivation });
  return { activationModel, giveBack: () => activationModel.dispose() };
}
