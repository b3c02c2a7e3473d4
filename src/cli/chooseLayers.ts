import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type GraphModelLike, isGraphModel } from '../model/graph/GraphModelLike';
import { classOf } from '../model/graph/GraphNode';
import { readNodes } from '../model/graph/readNodes';
import { listLayers } from '../model/listLayers';
import type { LayerSelector } from '../model/selection/selectLayers';
import { unwrapModel } from '../model/unwrapModel';
import type { Model } from './openModel';

/**
 * Chooses what is drawn where nobody has: the convolutions, as the library does, or, in a network without any, the layers
 * that have learnt something.
 */
export function chooseLayers(given: Model): LayerSelector | undefined {
  const { model } = unwrapModel<LayersModel | GraphModelLike>(given);
  // A list of nodes takes a run of the graph.
  if (isGraphModel(model) && readNodes(model).some((node) => isConvolution(classOf(node)))) return undefined;
  const layers = listLayers(model);
  if (layers.some(({ className }) => isConvolution(className))) return undefined;
  const learnt = layers.filter(({ parameters }) => parameters > 0);
  return learnt.length > 0 ? learnt.map(({ path }) => path) : undefined;
}

function isConvolution(className: string): boolean {
  return className.includes('Conv');
}
