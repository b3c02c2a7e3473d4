import { getBackend, getKernel } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ensureBackend } from '../backend/ensureBackend';
import { createPause } from '../common/createPause';
import { describeValue, requireCallback, requireSignal, requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { LabeledImages } from '../data/LabeledImages';
import { createRandom } from '../data/random';
import { buildArticleCnn } from '../model/article/buildArticleCnn';
import { createBatches } from './createBatches';
import { evaluateClassifier } from './evaluateClassifier';
import { registerTrainingKernels } from './registerTrainingKernels';
import { requireClassifier, requireFittingImages } from './requireClassifier';
import { requireLabeledImages } from './requireLabeledImages';
import { shuffle } from './shuffle';
import { splitImages } from './splitImages';
import { type BatchResult, trainEpoch } from './trainEpoch';

export interface TrainArticleCnnOptions {
  /**
   * A network to train on, in place: one that takes `[batch, height, width, 1]` and puts out probabilities. It is
   * compiled anew, so that Adam starts without moments.
   * @defaultValue the article's, with random weights
   */
  model?: LayersModel | undefined;
  /**
   * How often all images are gone through.
   * @defaultValue 3
   */
  epochs?: number | undefined;
  /**
   * Images a step. The last batch of an epoch has what remains.
   * @defaultValue 32
   */
  batchSize?: number | undefined;
  /**
   * Share of the images that are not trained on but measured after each epoch: the last ones, before any shuffling.
   * @defaultValue 0.1
   */
  validationSplit?: number | undefined;
  /**
   * Of Adam, whose other numbers are Keras' defaults: beta 0.9 and 0.999, epsilon 1e-7.
   * @defaultValue 0.001
   */
  learningRate?: number | undefined;
  /**
   * Of the initial weights and of the order of the images: the same seed gives the same training on the same machine.
   * @defaultValue another training each time
   */
  seed?: number | undefined;
  /**
   * Stops between two batches. That is no error: the promise is resolved with what has been reached.
   * @defaultValue none
   */
  signal?: AbortSignal | undefined;
  /**
   * Called after each batch, and awaited. What it throws ends the training.
   * @defaultValue none
   */
  onBatch?: ((result: BatchResult) => unknown) | undefined;
  /**
   * Called after each epoch and its validation, and awaited. What it throws ends the training.
   * @defaultValue none
   */
  onEpoch?: ((result: EpochResult) => unknown) | undefined;
}

/** What came out of one epoch. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Mean over the images trained on, each as it was when its batch came, as Keras reports it. */
  readonly loss: number;
  /** Share of the images trained on that were recognised when their batch came, 0..1. */
  readonly accuracy: number;
  /** Mean loss over the images set apart, at the end of the epoch; `undefined` where there are none. */
  readonly validationLoss: number | undefined;
  /** Share of the images set apart that are recognised, 0..1; `undefined` where there are none. */
  readonly validationAccuracy: number | undefined;
}

export interface TrainedCnn {
  /** The network as the last batch left it: the one given, or a new one, which the caller disposes. */
  readonly model: LayersModel;
  /** The epochs that were finished, in order. */
  readonly history: readonly EpochResult[];
  /** Whether `signal` stopped the training before its end. */
  readonly stopped: boolean;
}

/**
 * Trains the article's network as the article does: Adam, sparse categorical cross-entropy, batches of 32, three epochs,
 * the last tenth of the images set apart, the others in a new order each epoch.
 *
 * Sets up the WASM SIMD backend unless the app has set one, and there the training kernels unless the app has. Images
 * stay bytes until their batch is made. The page, or Node's event loop, gets its turn every few batches.
 *
 * @param data Images of 28 × 28 with labels 0 to 9, or as `model` takes them; must not change meanwhile.
 * @returns The model, compiled, and a result for each epoch. No other tensor is left behind, and the optimizer's go with
 * the model.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong; Error naming epoch and
 * batch if the loss or a weight is no longer finite; what a callback throws. A model made here is then disposed.
 */
export async function trainArticleCnn(
  data: LabeledImages,
  options: TrainArticleCnnOptions = {},
): Promise<TrainedCnn> {
  const settings = readOptions(options);
  const given = options.model;
  requireLabeledImages(data, given === undefined ? 10 : requireClassifier(given));
  const { training, validation } = splitImages(data, settings.validationSplit);

  await ensureBackend();
  // An app that has registered them has chosen their path too.
  if (getBackend() === 'wasm' && !getKernel('Conv2DBackpropFilter', 'wasm')) await registerTrainingKernels();
  const model = given ?? buildArticleCnn({ seed: settings.seed });
  try {
    requireFittingImages(model, data);
    compile(model, settings.learningRate);
    return await train(model, training, validation, settings);
  } catch (error) {
    if (!given) model.dispose();
    throw error;
  }
}

type Settings = ReturnType<typeof readOptions>;

function readOptions(options: TrainArticleCnnOptions) {
  requireOptions(options, {
    model: true,
    epochs: true,
    batchSize: true,
    validationSplit: true,
    learningRate: true,
    seed: true,
    signal: true,
    onBatch: true,
    onEpoch: true,
  });
  const { epochs = 3, batchSize = 32, validationSplit = 0.1, learningRate = 0.001 } = options;
  const { seed, signal, onBatch, onEpoch } = options;
  requireWholeNumber('epochs', epochs, 1);
  requireWholeNumber('batchSize', batchSize, 1);
  if (!(typeof validationSplit === 'number' && validationSplit >= 0 && validationSplit < 1)) {
    throw new RangeError(
      `validationSplit: expected a number from 0 (included) to 1 (excluded), got ${describeValue(validationSplit)}`,
    );
  }
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    throw new RangeError(`learningRate: expected a number above 0, got ${describeValue(learningRate)}`);
  }
  if (seed !== undefined) requireWholeNumber('seed', seed, 0);
  requireSignal(signal);
  requireCallback('onBatch', onBatch);
  requireCallback('onEpoch', onEpoch);
  return { epochs, batchSize, validationSplit, learningRate, seed, signal, onBatch, onEpoch };
}

function compile(model: LayersModel, learningRate: number): void {
  // tfjs leaves the tensors of an optimizer that it made itself behind when another takes its place.
  if (model.optimizer && Reflect.get(model, 'isOptimizerOwned') === true) model.optimizer.dispose();
  // By its name, Adam has Keras' defaults and is disposed with the model.
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  Object.assign(model.optimizer, { learningRate });
}

async function train(
  model: LayersModel,
  training: LabeledImages,
  validation: LabeledImages | undefined,
  { epochs, batchSize, seed, signal, onBatch, onEpoch }: Settings,
): Promise<TrainedCnn> {
  const random = seed === undefined ? Math.random : createRandom(seed);
  const order = Uint32Array.from({ length: training.count }, (_, index) => index);
  const makeBatch = createBatches(training, Math.min(batchSize, training.count));
  const pause = createPause();
  const history: EpochResult[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(order, random);
    const trained = await trainEpoch(model, { epoch, order, batchSize, makeBatch, pause, signal, onBatch });
    if (!trained) return { model, history, stopped: true };
    const validated = validation && (await evaluateClassifier(model, validation));
    const result = {
      epoch,
      ...trained,
      validationLoss: validated?.loss,
      validationAccuracy: validated?.accuracy,
    };
    history.push(result);
    await onEpoch?.(result);
  }
  return { model, history, stopped: false };
}
