import { layers } from '@tensorflow/tfjs-layers';

/** What makes the first values of a weight. */
export type Initializer = Parameters<layers.Layer['addWeight']>[3];

/** A weight of a layer. */
export type LayerVariable = ReturnType<layers.Layer['addWeight']>;

/** The method by which any layer makes its weights. */
export type AddWeight = (
  this: layers.Layer,
  ...given: Parameters<layers.Layer['addWeight']>
) => LayerVariable;

/**
 * Runs a loader of TensorFlow.js with another way of making the weights of layers.
 *
 * @param wrap Makes it of TensorFlow.js's own.
 * @param load Waits for one promise, which has been resolved, and then builds the model in one go, as in `loadWhole`.
 */
export function wrapAddWeight<Model>(
  wrap: (addWeight: AddWeight) => AddWeight,
  load: () => Promise<Model>,
): Promise<Model> {
  const methods = layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const { addWeight } = methods;
  methods.addWeight = wrap(addWeight);
  const loading = load();
  // By then the model has been built, or has failed.
  queueMicrotask(() => {
    methods.addWeight = addWeight;
  });
  return loading;
}
