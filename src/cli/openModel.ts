import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadArticleCnn } from '../model/article/loadArticleCnn';
import { isGraphModel } from '../model/graph/GraphModelLike';
import { buildGraphModel } from '../node/buildGraphModel';
import { buildLayersModel } from '../node/buildLayersModel';
import { readModelFiles } from '../node/readModelFiles';
import { namePath } from './explainError';

export type Model = LayersModel | GraphModel;

/** Loads the model that the command names, of either kind; the article's network if it names none. */
export async function openModel(path: string | undefined): Promise<Model> {
  if (path === undefined) return await loadArticleCnn();
  const load = async (): Promise<Model> => {
    const files = await readModelFiles(path);
    return await (files.kind === 'graph' ? buildGraphModel(files) : buildLayersModel(files));
  };
  return await namePath('--model', load());
}

/** What the whole model has learnt, in which a layer that is used twice counts once. */
export function countParameters(model: Model): number {
  if (!isGraphModel(model)) return (model as LayersModel).countParams();
  const constants = Object.values(model.weights).flat();
  return constants.reduce((sum, { size, dtype }) => sum + (dtype === 'float32' ? size : 0), 0);
}
