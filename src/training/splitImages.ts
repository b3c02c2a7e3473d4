import type { LabeledImages } from '../data/LabeledImages';

/**
 * Splits data as Keras' `validation_split` does: the last part, in the order that the images are in, is for validation.
 * Both parts share the memory of `data`.
 *
 * @param validationSplit Share of the images that validation gets, from 0 (included) to 1 (excluded).
 * @throws RangeError if one of the parts would be empty, that for validation only if it is wanted.
 */
export function splitImages(
  data: LabeledImages,
  validationSplit: number,
): { training: LabeledImages; validation: LabeledImages | undefined } {
  if (validationSplit === 0) return { training: data, validation: undefined };
  const at = Math.floor(data.count * (1 - validationSplit));
  if (at === 0 || at === data.count) {
    throw new RangeError(
      `validationSplit: expected a share that leaves images for training and for validation, got ${validationSplit} of ${data.count}`,
    );
  }
  return { training: takeImages(data, 0, at), validation: takeImages(data, at, data.count) };
}

function takeImages(data: LabeledImages, from: number, to: number): LabeledImages {
  const size = data.height * data.width;
  return {
    ...data,
    count: to - from,
    images: data.images.subarray(from * size, to * size),
    labels: data.labels.subarray(from, to),
  };
}
