import type { LayersModel } from '@tensorflow/tfjs-layers';
import { requireBoolean, requireOptions } from '../errors';
import type { ActivationModel } from './ActivationModel';
import { assembleActivationModel, listOutputs } from './assembleActivationModel';
import { createPlainActivationModel } from './createPlainActivationModel';
import { findChannelAxes } from './findChannelAxes';
import { listUses } from './listUses';
import { moveChannelsLast, moveChannelsTo, toLast } from './moveChannels';
import { requireLayersModel } from './requireLayersModel';
import { type LayerSelector, selectLayers } from './selectLayers';
import { splitActivations } from './splitActivations';

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
 * @param model A layers model of TensorFlow.js; it stays the caller's, weights included.
 * @param selector Which layers; see {@link LayerSelector}.
 * @throws TypeError if `model` is no layers model; RangeError if no layer matches or a name is unknown; Error if the model
 * has been disposed.
 */
export function createActivationModel(
  model: LayersModel,
  selector: LayerSelector = 'conv',
  options: CreateActivationModelOptions = {},
): ActivationModel {
  requireLayersModel(model);
  requireOptions(options);
  const { preActivation = false } = options;
  requireBoolean('preActivation', preActivation);
  const plain = preActivation ? undefined : createPlainActivationModel(model, selector);
  if (plain) return plain;

  const uses = listUses(model);
  const chosen = selectLayers(uses.uses, selector);
  const { graph, before } = splitActivations(uses, preActivation ? chosen : []);
  const shapes = model.inputs.map(({ shape }) => shape);
  const axes = findChannelAxes(uses, shapes);
  const inputAxes = graph.inputs.map((slot) => axes.get(slot));
  const wanted = chosen.flatMap((use) => {
    const outputs = listOutputs([use]);
    const split = before.get(use);
    const axis = axes.get(use.outputs[0]!);
    if (!split) return outputs.map((output) => ({ ...output, axis: axes.get(output.slot) }));
    return [{ slot: split.slot, axis, layer: { ...outputs[0]!.layer, preActivation: split.name } }];
  });
  return assembleActivationModel(model, graph, wanted, {
    inputShapes: shapes.map((shape, index) => toLast(shape, inputAxes[index])),
    takeIn: (inputs) => inputs.map((tensor, index) => moveChannelsTo(tensor, inputAxes[index])),
    giveOut: (outputs) => outputs.map((tensor, index) => moveChannelsLast(tensor, wanted[index]!.axis)),
  });
}
