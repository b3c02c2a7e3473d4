import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadArticleCnn } from '../model/article/loadArticleCnn';
import { constantBehind } from '../model/graph/constants';
import { type GraphModelLike, isGraphModel } from '../model/graph/GraphModelLike';
import { readNodes } from '../model/graph/readNodes';
import type { OpenedModel } from '../model/OpenedModel';
import { unwrapModel } from '../model/unwrapModel';
import { openModel as openFile } from '../node/openModel';
import { namePath } from './explainError';

export type Model = LayersModel | OpenedModel;

/** Opens the model that the command names, whatever it is; the article's network if it names none. */
export async function openModel(path: string | undefined): Promise<Model> {
  if (path === undefined) return await loadArticleCnn();
  return await namePath('--model', openFile(path));
}

/** What the whole model has learnt, in which a layer that is used twice counts once. */
export function countParameters(given: Model): number {
  const { model } = unwrapModel<LayersModel | GraphModelLike>(given);
  if (!isGraphModel(model)) return model.countParams();
  const constants = readNodes(model).flatMap(({ inputs }) => inputs.map((each) => constantBehind(each).name));
  const weights = [...new Set(constants)].map((name) => model.weights[name]?.[0]);
  return weights.reduce((sum, weight) => sum + (weight?.dtype === 'float32' ? weight.size : 0), 0);
}
