import { describeValue, requireWholeNumber } from '../common/errors';
import type { LabeledImages } from '../data/LabeledImages';

/**
 * Refuses data whose sizes do not agree, or whose labels are not those of the classes.
 *
 * @param classes How many classes there are: labels are 0 to `classes - 1`.
 * @throws TypeError if `data` or one of its arrays is of the wrong kind; RangeError if a size or a label is wrong.
 */
export function requireLabeledImages(data: LabeledImages, classes: number): void {
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(`data: expected labelled images, got ${describeValue(data)}`);
  }
  const { count, height, width, images, labels } = data;
  requireWholeNumber('data.count', count, 1);
  requireWholeNumber('data.height', height, 1);
  requireWholeNumber('data.width', width, 1);
  requireBytes('data.images', images);
  requireBytes('data.labels', labels);
  if (images.length !== count * height * width) {
    throw new RangeError(
      `data.images: expected ${count} × ${height} × ${width} = ${count * height * width} bytes, got ${images.length}`,
    );
  }
  if (labels.length !== count) {
    throw new RangeError(`data.labels: expected ${count}, one for each image, got ${labels.length}`);
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new RangeError(`data.labels[${wrong}]: expected 0 to ${classes - 1}, got ${labels[wrong]}`);
  }
}

function requireBytes(name: string, value: unknown): void {
  // Not by instanceof: the array may come from another window or worker.
  if (Object.prototype.toString.call(value) !== '[object Uint8Array]') {
    throw new TypeError(`${name}: expected a Uint8Array, got ${describeValue(value)}`);
  }
}
