import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadArticleCnn } from '../model/article/loadArticleCnn';
import { type GraphModelLike, isGraphModel } from '../model/graph/GraphModelLike';
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
  const constants = Object.values(model.weights).flat();
  return constants.reduce((sum, { size, dtype }) => sum + (dtype === 'float32' ? size : 0), 0);
}
