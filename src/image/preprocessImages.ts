import { describeValue } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { ImageBatch } from './imageBatch';
import type { Preprocess, PreprocessSteps } from './Preprocess';

/** The names for what networks are usually trained with; the last three as in Keras' `imagenet_utils.preprocess_input`. */
const NAMED: Readonly<Record<string, PreprocessSteps>> = {
  unit: {},
  none: { scale: 1 },
  tf: { scale: 1 / 127.5, offset: -1 },
  torch: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  caffe: { scale: 1, order: 'bgr', mean: [103.939, 116.779, 123.68] },
};

const STEPS = { scale: true, offset: true, mean: true, std: true, order: true, invert: true } as const;

/**
 * Makes what a network takes of images on the scale of bytes, 0..255.
 *
 * @returns New images of the same shape.
 * @throws TypeError or RangeError naming `preprocess` if it is none, or does not fit the number of channels.
 */
export function preprocessImages(images: ImageBatch, preprocess: Preprocess): ImageBatch {
  const { channels } = images;
  const {
    scale = 1 / 255,
    offset = 0,
    mean = 0,
    std = 1,
    order = 'rgb',
    invert = false,
  } = readSteps(preprocess);
  if (!Number.isFinite(scale) || scale === 0) throw wrong('scale', 'a number other than 0', scale);
  if (order !== 'rgb' && order !== 'bgr') throw wrong('order', "'rgb' or 'bgr'", order);
  if (typeof invert !== 'boolean') throw wrong('invert', 'true or false', invert);
  if (channels !== 3 && (order === 'bgr' || preprocess === 'torch')) {
    const what = typeof preprocess === 'string' ? preprocess : order;
    throw new RangeError(
      `preprocess: expected a network that takes 3 channels for '${what}', got one that takes ${channels}`,
    );
  }
  const offsets = listNumbers('offset', offset, channels);
  const means = listNumbers('mean', mean, channels);
  const deviations = listNumbers('std', std, channels);
  if (deviations.some((value) => value <= 0)) throw wrong('std', 'above 0', std);

  const data = new Float32Array(images.data.length);
  for (let at = 0; at < data.length; at++) {
    const channel = at % channels;
    const from = images.data[order === 'bgr' ? at - channel + 2 - channel : at]!;
    const value = (invert ? 255 - from : from) * scale;
    data[at] = (value + offsets[channel]! - means[channel]!) / deviations[channel]!;
  }
  return { ...images, data };
}

/** @throws TypeError or RangeError naming `preprocess` if it is no name and no steps. */
export function readSteps(preprocess: unknown): PreprocessSteps {
  if (typeof preprocess === 'string' && Object.hasOwn(NAMED, preprocess)) return NAMED[preprocess]!;
  if (typeof preprocess !== 'object' || preprocess === null || Array.isArray(preprocess)) {
    const message = `preprocess: expected 'unit', 'tf', 'torch', 'caffe', 'none' or { scale, offset, mean, std, order, invert }, got ${describeValue(preprocess)}`;
    throw typeof preprocess === 'string' ? new RangeError(message) : new TypeError(message);
  }
  const steps: PreprocessSteps = preprocess;
  requireOptions(steps, STEPS, 'preprocess');
  return steps;
}

/** A number for each channel, of one for all or a list of as many. */
function listNumbers(key: string, given: unknown, channels: number): readonly number[] {
  const numbers: readonly unknown[] = Array.isArray(given) ? given : Array(channels).fill(given);
  if (numbers.length !== channels) {
    throw wrong(key, `one number for each channel, ${channels}`, numbers.length);
  }
  if (![...numbers].every(Number.isFinite)) throw wrong(key, 'a finite number or a list of them', given);
  return numbers as readonly number[];
}

function wrong(key: string, wanted: string, got: unknown): RangeError {
  return new RangeError(`preprocess: expected ${key} to be ${wanted}, got ${describeValue(got)}`);
}
