import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ActivationModel } from '../selection/ActivationModel';
import { type LayerSelector, selectLayers } from '../selection/selectLayers';
import { assembleActivationModel, listOutputs } from './assembleActivationModel';
import { createPlainActivationModel } from './createPlainActivationModel';
import { findChannelAxes } from './findChannelAxes';
import { listUses } from './listUses';
import { moveChannelsLast, moveChannelsTo, toLast } from './moveChannels';
import { requireLayersModel } from './requireLayersModel';
import { splitActivations } from './splitActivations';

/** Does what `createActivationModel` does for a layers model. */
export function createLayersActivationModel(
  model: LayersModel,
  selector: LayerSelector | undefined,
  preActivation: boolean,
): ActivationModel {
  requireLayersModel(model);
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
    return [{ slot: split.slot, use, axis, layer: { ...outputs[0]!.layer, preActivation: split.name } }];
  });
  return assembleActivationModel(model, graph, wanted, {
    inputShapes: shapes.map((shape, index) => toLast(shape, inputAxes[index])),
    takeIn: (inputs) => inputs.map((tensor, index) => moveChannelsTo(tensor, inputAxes[index])),
    giveOut: (outputs) => outputs.map((tensor, index) => moveChannelsLast(tensor, wanted[index]!.axis)),
  });
}
