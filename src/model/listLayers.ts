import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { listNodes } from './graph/listNodes';
import { findChannelAxes } from './layers/findChannelAxes';
import { listUses } from './layers/listUses';
import { toLast } from './layers/moveChannels';
import { requireLayersModel } from './layers/requireLayersModel';
import { planReceptiveField } from './receptiveField/planReceptiveField';
import { traceReceptiveField } from './receptiveField/traceReceptiveField';
import type { LayerSummary } from './selection/LayerSummary';

export type { LayerSummary };

/**
 * Lists what can be looked into: every layer of a model, those of models inside it too, each use by itself; every node of a
 * graph model whose values depend on what it is given.
 *
 * A graph does not say what shapes its nodes put out: it is run on zeros to find out.
 *
 * @returns In the model's order; nodes after those that they read.
 * @throws TypeError if `model` is neither or is not built; Error if it has been disposed.
 */
export function listLayers(model: LayersModel | GraphModelLike): LayerSummary[] {
  if (isGraphModel(model)) return listNodes(model);
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
      outputShape: toLast(shape, axes.get(outputs[0]!)),
      parameters: layer.countParams(),
      ...(receptiveField && { receptiveField }),
    };
  });
}

function createFieldFinder(model: LayersModel) {
  const [, height, width] = model.inputs[0]!.shape;
  const isImage = model.inputs.length === 1 && model.inputs[0]!.shape.length === 4;
  const plan = isImage && height && width ? planReceptiveField(model, [height, width]) : undefined;
  return (path: string, shape: readonly (number | null)[]): readonly [number, number] | undefined => {
    if (!plan) return undefined;
    const [rows, columns] = shape.length === 4 ? [shape[1]!, shape[2]!] : [1, 1];
    const { patches, exact } = traceReceptiveField(plan, path, rows >> 1, columns >> 1);
    if (!exact || patches.length === 0) return undefined;
    return [spanOf(patches.map((patch) => patch.rows)), spanOf(patches.map((patch) => patch.columns))];
  };
}

/** How far it is from the first to the last of some ascending numbers. */
function spanOf(lists: readonly (readonly number[])[]): number {
  const first = Math.min(...lists.map((list) => list[0]!));
  const last = Math.max(...lists.map((list) => list.at(-1)!));
  return last - first + 1;
}
