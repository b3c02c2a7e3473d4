import { engine } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue } from '../../common/errors';
import { requireRaw } from '../../common/requireRaw';

/**
 * Refuses what is no model, or one that cannot be used any more or not yet. A model is recognised by what it has, not by
 * `instanceof`: an app may hold two copies of tfjs-layers.
 *
 * @throws TypeError if `model` is no layers model, is a proxy of Vue, or is not built; Error if it has been disposed.
 */
export function requireLayersModel(model: LayersModel): void {
  requireRaw('model', model);
  if (!Array.isArray(model?.layers) || typeof model.predict !== 'function') {
    throw new TypeError(`model: expected a layers model of TensorFlow.js, got ${describeValue(model)}`);
  }
  if (!(model.inputs?.length > 0 && model.outputs?.length > 0)) {
    throw new TypeError(
      'model: expected a model that is built, got one without input; give its first layer an inputShape',
    );
  }
  requireLive(model.weights);
}

/** @throws Error if the model that has these weights has been disposed. */
export function requireLive(weights: LayersModel['weights']): void {
  try {
    for (const weight of weights) weight.read();
  } catch {
    throw new Error('model: expected a live model, got one that has been disposed');
  }
  // `disposeVariables` of TensorFlow.js takes the values and leaves the layers in the belief that they have them.
  if (!weights.every(isLive)) {
    throw new Error(
      "model: expected a live model, got one whose weights have been disposed; tf.disposeVariables() disposes every model's",
    );
  }
}

/** Whether the engine has the values: a variable does not itself know that it has been disposed with all others. */
function isLive(weight: LayersModel['weights'][number]): boolean {
  return engine().state.tensorInfo.has(weight.read().dataId);
}
