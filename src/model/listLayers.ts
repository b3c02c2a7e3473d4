import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GraphModelLike, isGraphModel } from './graph/GraphModelLike';
import { listNodes } from './graph/listNodes';
import type { OpenedModel } from './OpenedModel';
import type { LayerSummary } from './selection/LayerSummary';
import { summarizeUses } from './summarizeUses';
import { unwrapModel } from './unwrapModel';

export type { LayerSummary };

/**
 * Lists what can be looked into: every layer of a model, those of models inside it and those that other layers run too, each
 * use by itself; every node of a graph model whose values depend on what it is given.
 *
 * A graph does not say what shapes its nodes put out: it is run on zeros to find out.
 *
 * @returns In the model's order; nodes after those that they read.
 * @throws TypeError if `model` is neither or is not built; Error if it has been disposed.
 */
export function listLayers(model: LayersModel | GraphModelLike | OpenedModel): LayerSummary[] {
  const { model: network } = unwrapModel<LayersModel | GraphModelLike>(model);
  return isGraphModel(network) ? listNodes(network) : summarizeUses(network);
}
