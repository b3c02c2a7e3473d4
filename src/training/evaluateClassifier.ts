import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../backend/ensureBackend';
import { createPause } from '../common/createPause';
import { requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { LabeledImages } from '../data/LabeledImages';
import type { Preprocess } from '../image/Preprocess';
import type { OpenedModel } from '../model/OpenedModel';
import { unwrapModel } from '../model/unwrapModel';
import { type Batch, createBatches } from './createBatches';
import { requireClassifier, requireFittingImages } from './requireClassifier';
import { requireLabeledImages } from './requireLabeledImages';

export interface EvaluateClassifierOptions {
  /**
   * How many images are computed at once. It changes memory and speed, not the result.
   * @defaultValue 128
   */
  batchSize?: number | undefined;
}

export interface Evaluation {
  /** Mean sparse categorical cross-entropy: −ln of the probability of the right class. */
  readonly loss: number;
  /** Share of the images whose most probable class is the right one, 0..1. */
  readonly accuracy: number;
}

/**
 * Measures how well a model tells images apart.
 *
 * @param model A layers model, or what `openModel` has returned. Takes `[batch, height, width, 1]`, values 0..1 unless what was opened
 * says otherwise, and puts out `[batch, classes]`, probabilities. It need
 * not be compiled, and stays the caller's.
 * @param data Images of the size that the model takes; labels 0 to classes − 1.
 * @returns Means over all images. No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong; Error if the model has
 * been disposed.
 */
export async function evaluateClassifier(
  model: LayersModel | OpenedModel,
  data: LabeledImages,
  options: EvaluateClassifierOptions = {},
): Promise<Evaluation> {
  requireOptions(options, { batchSize: true });
  const { batchSize = 128 } = options;
  const { model: network, preprocess } = unwrapModel<LayersModel>(model);
  const classes = requireClassifier(network);
  requireLabeledImages(data, classes);
  requireFittingImages(network, data);
  requireWholeNumber('batchSize', batchSize, 1);

  await ensureBackend();
  const values = preprocess && (await preprocessBytes(preprocess));
  const makeBatch = createBatches(data, Math.min(batchSize, data.count), values);
  const pause = createPause();
  let [loss, right] = [0, 0];
  for (let from = 0; from < data.count; from += batchSize) {
    const size = Math.min(batchSize, data.count - from);
    const batch = makeBatch(Array.from({ length: size }, (_, index) => from + index));
    const probabilities = await predict(network, batch).finally(() => dispose([batch.images, batch.labels]));
    for (let index = 0; index < size; index++) {
      const row = probabilities.subarray(index * classes, (index + 1) * classes);
      const label = data.labels[from + index]!;
      loss += crossEntropy(row, label);
      if (mostProbable(row) === label) right++;
    }
    await pause();
  }
  return { loss: loss / data.count, accuracy: right / data.count };
}

/** What each byte becomes. */
async function preprocessBytes(preprocess: Preprocess): Promise<Float32Array> {
  const { preprocessImages } = await import('../image/preprocessImages');
  const bytes = Float32Array.from({ length: 256 }, (_, byte) => byte);
  return preprocessImages({ batch: 1, height: 1, width: 256, channels: 1, data: bytes }, preprocess).data;
}

async function predict(model: LayersModel, { images }: Batch): Promise<Float32Array> {
  const output = model.predictOnBatch(images) as Tensor;
  try {
    return (await output.data()) as Float32Array;
  } finally {
    output.dispose();
  }
}

/** As tfjs-layers and Keras compute it: probabilities kept off 0 and 1, scaled to a sum of 1, kept off again. */
function crossEntropy(probabilities: Float32Array, label: number): number {
  let sum = 0;
  for (const probability of probabilities) sum += keepOff(probability);
  return -Math.log(keepOff(keepOff(probabilities[label]!) / sum));
}

const EPSILON = 1e-7;

function keepOff(probability: number): number {
  return Math.min(1 - EPSILON, Math.max(EPSILON, probability));
}

/** The first of the largest. */
function mostProbable(probabilities: Float32Array): number {
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) {
    if (probabilities[index]! > probabilities[best]!) best = index;
  }
  return best;
}
