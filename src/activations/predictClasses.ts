import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue, requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { NetworkInput } from '../image/ImageInput';
import { IMAGE_OPTIONS, type ImageOptions } from '../image/imageToTensor';
import { createPredictingModel } from '../model/createPredictingModel';
import type { GraphModelLike } from '../model/graph/GraphModelLike';
import type { OpenedModel } from '../model/OpenedModel';
import { unwrapModel } from '../model/unwrapModel';
import { computeActivations } from './computeActivations';
import { describePrediction, noClassifier } from './describePrediction';
import type { PredictedClass } from './topClasses';

export interface PredictClassesOptions extends ImageOptions {
  /**
   * What the classes are called, in the order of the outputs. A network that ends with one number after a sigmoid has two.
   * @defaultValue what `openModel` has found with the model; else none, and the classes have numbers only
   */
  classNames?: readonly string[] | undefined;
  /**
   * How many classes, at the most.
   * @defaultValue 5
   */
  count?: number | undefined;
}

/**
 * Says what a network that tells classes apart takes an image for, whichever it is: one with a single output of a number for
 * each class.
 *
 * Numbers from 0 to 1 the sum of which is 1 are probabilities; others are scores, of which the largest is the likeliest.
 *
 * @param model A layers model or a graph model of TensorFlow.js, or what `openModel` has returned of one; stays the caller's.
 * @param img As for `visualizeLayers`; stays the caller's.
 * @returns An entry an image of the batch: its classes, the likeliest first. No tensor is left behind.
 * @throws RangeError (the promise is rejected) if the model puts out something else, or there is not a name for each class;
 * TypeError or RangeError naming the argument that is wrong.
 */
export async function predictClasses(
  model: LayersModel | GraphModelLike | OpenedModel,
  img: NetworkInput,
  options: PredictClassesOptions = {},
): Promise<PredictedClass[][]> {
  requireOptions(options, { ...IMAGE_OPTIONS, classNames: true, count: true });
  const known = unwrapModel<LayersModel | GraphModelLike>(model).classNames;
  const { classNames = known, count = 5, ...imageOptions } = options;
  requireWholeNumber('count', count, 1);
  if (classNames !== undefined) requireClassNames(classNames);
  const predictingModel = createPredictingModel(model, null);
  try {
    const { prediction } = predictingModel;
    if (!prediction) throw noClassifier(undefined);
    const [output] = await computeActivations(predictingModel, img, imageOptions);
    const predicted = describePrediction(output!, prediction, classNames, count);
    if (!predicted) throw noClassifier(output);
    return predicted;
  } finally {
    predictingModel.dispose();
  }
}

/** @throws TypeError unless `classNames` is a list of names. */
function requireClassNames(classNames: unknown): asserts classNames is readonly string[] {
  if (Array.isArray(classNames) && [...classNames].every((name) => typeof name === 'string')) return;
  throw new TypeError(`classNames: expected an array of strings, got ${describeValue(classNames)}`);
}
