import type { LayersModel } from '@tensorflow/tfjs-layers';
import { requireBoolean } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import { createGraphActivationModel } from './graph/createGraphActivationModel';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { createLayersActivationModel } from './layers/createLayersActivationModel';
import type { OpenedModel } from './OpenedModel';
import type { ActivationModel } from './selection/ActivationModel';
import type { LayerSelector } from './selection/selectLayers';
import { unwrapModel } from './unwrapModel';

export type { ActivationModel };

export interface CreateActivationModelOptions {
  /**
   * Whether to take what goes into a layer's activation function in place of what comes out of it, where the layer has one
   * of its own: convolutions and dense layers. Others are taken as they are.
   * @defaultValue false
   */
  preActivation?: boolean | undefined;
}

/**
 * Makes a model that computes what the chosen layers put out, all of them in one forward pass. Made once, it serves for
 * any number of images.
 *
 * @param model A layers model of TensorFlow.js, or a graph model, whose nodes take the place of layers, or what `openModel` has
 * returned; it stays the caller's, weights included.
 * @param selector Which layers; see {@link LayerSelector}.
 * @defaultValue every convolution by its class, those in models inside too; of a graph model, with their activation functions
 * @throws TypeError if `model` is neither; RangeError if no layer matches, a name is unknown or that of two layers, or
 * `'conv'` matches only what stands beside convolutions; Error if the model has been disposed.
 */
export function createActivationModel(
  model: LayersModel | GraphModelLike | OpenedModel,
  selector?: LayerSelector,
  options: CreateActivationModelOptions = {},
): ActivationModel {
  requireOptions(options, { preActivation: true });
  const { preActivation = false } = options;
  requireBoolean('preActivation', preActivation);
  const { model: network, preprocess } = unwrapModel<LayersModel | GraphModelLike>(model);
  const create = isGraphModel(network) ? createGraphActivationModel : createLayersActivationModel;
  const made = create(network as LayersModel & GraphModelLike, selector, preActivation);
  if (preprocess === undefined) return made;
  return { ...made, preprocess, inputPreprocess: made.inputShapes.map(() => preprocess) };
}
