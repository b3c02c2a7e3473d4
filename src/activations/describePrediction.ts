import { formatShape } from '../common/errors';
import { quote } from '../common/quote';
import type { Activation } from '../common/types';
import type { PredictingModel } from '../model/selection/ActivationModel';
import { type PredictedClass, topClasses } from './topClasses';

/**
 * Says what a network that tells classes apart takes each image for.
 *
 * @param output What the network put out: `[batch, classes]`, or with sizes of 1 between, or `[batch, 1]` after a sigmoid.
 * @param prediction What is known of it.
 * @returns An entry an image; `undefined` if the output is not of such a network.
 * @throws RangeError if there are names, and not one for each class.
 */
export function describePrediction(
  { shape, data }: Activation,
  { activation }: NonNullable<PredictingModel['prediction']>,
  classNames?: readonly string[],
  count?: number,
): PredictedClass[][] | undefined {
  const [batch = 1, ...sizes] = shape;
  const numbers = sizes.at(-1) ?? 0;
  const isBinary = numbers === 1 && activation === 'sigmoid';
  if (sizes.slice(0, -1).some((size) => size !== 1) || (numbers < 2 && !isBinary)) return undefined;
  const classes = isBinary ? 2 : numbers;
  if (classNames && classNames.length !== classes) {
    throw new RangeError(
      `classNames: expected ${classes} names, one for each class, got ${classNames.length}`,
    );
  }
  return Array.from({ length: batch }, (_, image) =>
    topClasses(data.subarray(image * numbers, (image + 1) * numbers), classNames, count, activation),
  );
}

/** The error that a network does not tell classes apart. */
export function noClassifier(output: Activation | undefined): RangeError {
  const got = output
    ? `one that puts out ${formatShape(output.shape)} by the layer ${quote(output.layerName)}`
    : 'one with several outputs, or with one of another shape';
  return new RangeError(
    `model: expected one that puts out a number for each class, [batch, classes], got ${got}`,
  );
}
