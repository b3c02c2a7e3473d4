import { requireRaw } from '../common/requireRaw';
import type { Preprocess } from '../image/Preprocess';
import { isOpenedModel, type OpenedModel } from './OpenedModel';

/** A model, and what whoever opened it knows of it. */
export interface UnwrappedModel<Model> {
  readonly model: Model;
  readonly preprocess?: Preprocess;
  readonly classNames?: readonly string[];
}

/**
 * Takes the model out of what `openModel` has returned; whatever else it is given, it hands on as it is.
 *
 * @throws Error if what was opened has been disposed; TypeError if it is a proxy of Vue.
 */
export function unwrapModel<Model>(given: Model | OpenedModel): UnwrappedModel<Model> {
  if (!isOpenedModel(given)) return { model: given };
  requireRaw('model', given);
  const { model, preprocess, classNames, isDisposed } = given;
  if (isDisposed) throw new Error('model: expected a live model, got one that has been disposed');
  return {
    model: model as Model,
    ...(preprocess !== undefined && { preprocess }),
    ...(classNames && { classNames }),
  };
}
