import type { LayersModel } from '@tensorflow/tfjs-layers';
import { formatShape } from '../common/errors';
import type { LabeledImages } from '../data/LabeledImages';
import { requireLayersModel } from '../model/layers/requireLayersModel';

/**
 * Refuses a model that does not take one grey image and put out a row of probabilities.
 *
 * @returns How many classes it tells apart.
 * @throws TypeError if `model` is no such model; Error if it has been disposed.
 */
export function requireClassifier(model: LayersModel): number {
  requireLayersModel(model);
  const inputs = model.inputs.map(({ shape }) => shape);
  const outputs = model.outputs.map(({ shape }) => shape);
  const classes = outputs[0]?.[1];
  const isClassifier =
    inputs.length === 1 &&
    inputs[0]!.length === 4 &&
    inputs[0]![3] === 1 &&
    outputs.length === 1 &&
    outputs[0]!.length === 2 &&
    typeof classes === 'number';
  if (!isClassifier) {
    const [taken, given] = [inputs, outputs].map((shapes) => shapes.map(formatShape).join(' and '));
    throw new TypeError(
      `model: expected one that takes [batch, height, width, 1] and puts out [batch, classes], got one that takes ${taken} and puts out ${given}`,
    );
  }
  return classes;
}

/** @throws RangeError if the images are not of the size that the model takes. */
export function requireFittingImages(model: LayersModel, { height, width }: LabeledImages): void {
  const [, modelHeight, modelWidth] = model.inputs[0]!.shape;
  if ((modelHeight ?? height) !== height || (modelWidth ?? width) !== width) {
    throw new RangeError(
      `data: expected images of ${modelHeight ?? 'any'} × ${modelWidth ?? 'any'}, got ${height} × ${width}`,
    );
  }
}
