import { isOpenedModel, type OpenedModel } from './OpenedModel';

/** A model, and what whoever opened it knows of it. */
export type UnwrappedModel<Model> = Pick<OpenedModel, 'preprocess' | 'classNames'> & {
  readonly model: Model;
};

/**
 * Takes the model out of what `openModel` has returned; whatever else it is given, it hands on as it is.
 *
 * @throws Error if what was opened has been disposed.
 */
export function unwrapModel<Model>(given: Model | OpenedModel): UnwrappedModel<Model> {
  if (!isOpenedModel(given)) return { model: given };
  if (given.isDisposed) throw new Error('model: expected a live model, got one that has been disposed');
  return { ...given, model: given.model as Model };
}
