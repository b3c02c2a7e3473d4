import { dispose, getBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Batch } from './createBatches';

/** Where a training is after one batch. */
export interface BatchResult {
  /** From 1. */
  readonly epoch: number;
  /** Batches of this epoch that have been trained on. */
  readonly batch: number;
  /** Batches of an epoch. */
  readonly batches: number;
  /** Mean over the images of this epoch so far, as Keras' progress bar shows it. */
  readonly loss: number;
  /** Share of the images of this epoch so far that were recognised when their batch came, 0..1. */
  readonly accuracy: number;
}

interface Epoch {
  readonly epoch: number;
  /** Indices of the images in the order that they are trained on. */
  readonly order: Uint32Array;
  readonly batchSize: number;
  readonly makeBatch: (indices: Uint32Array) => Batch;
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly onBatch: ((result: BatchResult) => unknown) | undefined;
}

/**
 * Trains a compiled model on all images once.
 *
 * @returns Means over the images, so that a smaller batch counts for less; `undefined` if `signal` stopped it.
 * @throws Error if the loss or a weight is no longer finite.
 */
export async function trainEpoch(
  model: LayersModel,
  { epoch, order, batchSize, makeBatch, pause, signal, onBatch }: Epoch,
): Promise<{ loss: number; accuracy: number } | undefined> {
  const batches = Math.ceil(order.length / batchSize);
  let [count, lossSum, accuracySum] = [0, 0, 0];
  for (let batch = 1; batch <= batches; batch++) {
    if (signal?.aborted) return undefined;
    const indices = order.subarray((batch - 1) * batchSize, batch * batchSize);
    const [loss, accuracy] = await trainOnBatch(model, makeBatch(indices));
    const place = `epoch ${epoch}, batch ${batch} of ${batches}; a smaller learningRate may help`;
    if (!Number.isFinite(loss)) {
      throw new Error(`trainArticleCnn: expected a finite loss, got ${loss} in ${place}`);
    }
    const broken = findBrokenWeight(model);
    if (broken) throw new Error(`trainArticleCnn: expected finite weights, got ${broken} in ${place}`);
    count += indices.length;
    lossSum += loss * indices.length;
    accuracySum += accuracy * indices.length;
    await onBatch?.({ epoch, batch, batches, loss: lossSum / count, accuracy: accuracySum / count });
    await pause();
  }
  return { loss: lossSum / count, accuracy: accuracySum / count };
}

async function trainOnBatch(model: LayersModel, { images, labels }: Batch): Promise<[number, number]> {
  try {
    return (await model.trainOnBatch(images, labels)) as [number, number];
  } finally {
    dispose([images, labels]);
  }
}

/**
 * Looks for a weight that is no number any more. On WASM the loss does not show it: the clipping in the loss makes a
 * number of NaN, and the loss stays at ln 10 for ever. Elsewhere it does, and reading weights may be slow.
 *
 * @returns The number and its weight, for a message; `undefined` if all is well.
 */
function findBrokenWeight(model: LayersModel): string | undefined {
  if (getBackend() !== 'wasm') return undefined;
  for (const weight of model.trainableWeights) {
    const values = weight.read().dataSync();
    // 0 · v is 0 for whatever is finite: a sum is quicker than a question a value.
    let sum = 0;
    for (let index = 0; index < values.length; index++) sum += 0 * values[index]!;
    if (sum !== 0) return `${values.find((value) => !Number.isFinite(value))} in ${weight.originalName}`;
  }
  return undefined;
}
