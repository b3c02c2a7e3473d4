import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PredictingModel } from '../selection/ActivationModel';
import { type LayerSelector, selectLayers } from '../selection/selectLayers';
import { assembleActivationModel, listOutputs } from './assembleActivationModel';
import { createPlainActivationModel } from './createPlainActivationModel';
import { findChannelAxes } from './findChannelAxes';
import type { findOutputUse } from './findOutputUse';
import { listUses } from './listUses';
import { moveChannelsLast, moveChannelsTo, toLast } from './moveChannels';
import { readInputs } from './readInputs';
import { requireLayersModel } from './requireLayersModel';
import { splitActivations } from './splitActivations';

/**
 * Does what `createActivationModel` does for a layers model.
 *
 * @param selector `null` for none, where only the prediction is wanted.
 * @param findOutput Finds the network's output, which is computed too, as the last of the outputs. It is handed in, so that an
 * app that asks for no prediction need not load it.
 */
export function createLayersActivationModel(
  model: LayersModel,
  selector: LayerSelector | undefined | null,
  preActivation: boolean,
  findOutput?: typeof findOutputUse,
): PredictingModel {
  requireLayersModel(model);
  const isPlain = !preActivation && !findOutput && selector !== null;
  const plain = isPlain ? createPlainActivationModel(model, selector) : undefined;
  if (plain) return plain;

  const uses = listUses(model);
  const chosen = selector === null ? [] : selectLayers(uses.uses, selector);
  const output = findOutput?.(model, uses);
  const { graph, before } = splitActivations(uses, preActivation ? chosen : []);
  const shapes = readInputs(model, uses).map(({ shape }) => shape);
  const axes = findChannelAxes(uses, shapes);
  const inputAxes = graph.inputs.map((slot) => axes.get(slot));
  const wanted = chosen.flatMap((use) => {
    const outputs = listOutputs([use]);
    const split = before.get(use);
    const axis = axes.get(use.outputs[0]!);
    if (!split) return outputs.map((output) => ({ ...output, axis: axes.get(output.slot) }));
    return [{ slot: split.slot, use, axis, layer: { ...outputs[0]!.layer, preActivation: split.name } }];
  });
  const [last] = output ? listOutputs([output.use]) : [];
  if (last) wanted.push({ ...last, axis: undefined });
  const activationModel = assembleActivationModel(model, graph, wanted, {
    inputShapes: shapes.map((shape, index) => toLast(shape, inputAxes[index])),
    takeIn: (inputs) => inputs.map((tensor, index) => moveChannelsTo(tensor, inputAxes[index])),
    giveOut: (outputs) => outputs.map((tensor, index) => moveChannelsLast(tensor, wanted[index]!.axis)),
  });
  return output ? { ...activationModel, prediction: { activation: output.activation } } : activationModel;
}
