import type { LayersModel } from '@tensorflow/tfjs-layers';
import { findChannelAxes } from './layers/findChannelAxes';
import { listUses } from './layers/listUses';
import { toLast } from './layers/moveChannels';
import { requireLayersModel } from './layers/requireLayersModel';
import { createFieldFinder } from './receptiveField/createFieldFinder';
import { countParameters } from './selection/countParameters';
import { isTrainingOnly } from './selection/isTrainingOnly';
import type { LayerSummary } from './selection/LayerSummary';

/** Does what `listLayers` does for a layers model. */
export function summarizeUses(model: LayersModel): LayerSummary[] {
  requireLayersModel(model);
  const graph = listUses(model);
  const axes = findChannelAxes(
    graph,
    model.inputs.map(({ shape }) => shape),
  );
  const fieldOf = axes.size === 0 ? createFieldFinder(model) : () => undefined;
  return graph.uses.map(({ path, layer, shape, outputs }) => {
    const receptiveField = fieldOf(path, shape);
    return {
      path,
      className: layer.getClassName(),
      ...(isTrainingOnly(layer.getClassName()) && { trainingOnly: true as const }),
      outputShape: toLast(shape, axes.get(outputs[0]!)),
      parameters: countParameters(layer),
      ...(receptiveField && { receptiveField }),
    };
  });
}
