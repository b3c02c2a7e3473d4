import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GraphModelLike, isGraphModel } from '../graphModel/GraphModelLike';
import { listNodes } from '../graphModel/listNodes';
import { planReceptiveField } from '../receptiveField/planReceptiveField';
import { traceReceptiveField } from '../receptiveField/traceReceptiveField';
import { findChannelAxes } from './findChannelAxes';
import { listUses } from './listUses';
import { toLast } from './moveChannels';
import { requireLayersModel } from './requireLayersModel';

/** One use of one layer of a model, or a node of a graph model. */
export interface LayerSummary {
  /** What selects it: `'conv1'`, `'backbone/conv1'`, `'conv1:1'`; the name of a node. */
  readonly path: string;
  /** The layer's class, for example `'Conv2D'`; what a node does. */
  readonly className: string;
  /**
   * Shape of its first output, channels last whatever the model's own order is; `null` for what is open: the batch, and
   * sizes that follow those of the image. Of a node behind branches or loops, of which only its run tells, `[null]`.
   */
  readonly outputShape: readonly (number | null)[];
  /** Numbers that it has learnt or keeps, biases included; a shared layer has the same ones in each use. */
  readonly parameters: number;
  /**
   * Height and width, in pixels of the image, of what the value in the middle of its output depends on. Absent where the
   * model takes something else than one image of a fixed size, channels last, where a layer on the way is not known, and
   * in graph models.
   */
  readonly receptiveField?: readonly [height: number, width: number];
}

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
