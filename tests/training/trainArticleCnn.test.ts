import '@tensorflow/tfjs-backend-cpu';
import { fill, memory, setBackend, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { drawDigits } from '../../src/data/drawDigits';
import type { LabeledImages } from '../../src/data/LabeledImages';
import { createRandom } from '../../src/data/random';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { evaluateClassifier } from '../../src/training/evaluateClassifier';
import { shuffle } from '../../src/training/shuffle';
import { type TrainArticleCnnOptions, trainArticleCnn } from '../../src/training/trainArticleCnn';
import type { BatchResult } from '../../src/training/trainEpoch';

/** 72 to train on in three batches, the last one of 8; 8 for validation. */
const data = drawDigits(80, { seed: 3 });
const QUICK: TrainArticleCnnOptions = { epochs: 2, seed: 5 };

beforeAll(() => useWasmBackend());

/** What a training reports, without its model. */
async function train(options: TrainArticleCnnOptions, images: LabeledImages = data) {
  const before = memory().numTensors;
  const { model, ...result } = await trainArticleCnn(images, options);
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  const outputs = model.outputs.length;
  if (model !== options.model) {
    model.dispose();
    expect(memory().numTensors).toBe(before);
  }
  return { ...result, weights, outputs };
}

function weightsOf(model: LayersModel): number[][] {
  return model.getWeights().map((weight) => Array.from(weight.dataSync()));
}

describe('trainArticleCnn', () => {
  it('learns: the losses fall and the accuracies rise', async () => {
    const { history, stopped } = await train(
      { epochs: 4, seed: 1, learningRate: 0.004 },
      drawDigits(640, { seed: 1 }),
    );
    expect(stopped).toBe(false);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const [first, last] = [history[0]!, history[3]!];
    expect(last.loss).toBeLessThan(first.loss / 2);
    expect(last.validationLoss).toBeLessThan(first.validationLoss!);
    expect(last.accuracy).toBeGreaterThan(0.7);
    expect(last.validationAccuracy).toBeGreaterThan(0.7);
  });

  it('does the same for the same seed, to the bit, and something else for another', async () => {
    const one = await train(QUICK);
    expect(await train(QUICK)).toEqual(one);
    const other = await train({ ...QUICK, seed: 6 });
    expect(other.history[0]!.loss).not.toBe(one.history[0]!.loss);
    expect((await train({ epochs: 1 })).history).not.toEqual((await train({ epochs: 1 })).history);
  });

  it("has Adam with Keras' numbers", async () => {
    const { model } = await trainArticleCnn(data, { epochs: 1 });
    const numbers = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    expect(model.optimizer.getConfig()).toEqual(numbers);
    await trainArticleCnn(data, { epochs: 1, model, learningRate: 0.01 });
    expect(model.optimizer.getConfig()).toEqual({ ...numbers, learningRate: 0.01 });
    model.dispose();
  });

  it('says what fit of tfjs-layers says of the same images in the same order', async () => {
    const count = 72;
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    shuffle(order, createRandom(7));
    const pixels = Array.from(order, (at) =>
      Array.from(data.images.subarray(at * 784, (at + 1) * 784)),
    ).flat();
    const x = tensor4d(
      Float32Array.from(pixels, (byte) => byte / 255),
      [count, 28, 28, 1],
    );
    const y = tensor2d(
      Float32Array.from(order, (at) => data.labels[at]!),
      [count, 1],
    );
    const reference = buildArticleCnn({ seed: 7 });
    reference.compile({
      optimizer: 'adam',
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const model = buildArticleCnn({ seed: 7 });
    const { history } = await trainArticleCnn(data, { epochs: 1, seed: 7, model });
    const fitted = await reference.fit(x, y, { epochs: 1, batchSize: 32, shuffle: false });

    expect(history[0]!.loss).toBeCloseTo(fitted.history.loss![0] as number, 5);
    expect(history[0]!.accuracy).toBeCloseTo(fitted.history.acc![0] as number, 6);
    const expected = weightsOf(reference).flat();
    const furthest = weightsOf(model)
      .flat()
      .reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index]!)), 0);
    expect(furthest).toBeLessThan(1e-6);
    for (const one of [x, y, reference, model]) one.dispose();
  });

  it('validates with the last images, and trains on none of them', async () => {
    const model = buildArticleCnn({ seed: 1 });
    const { history } = await trainArticleCnn(data, { epochs: 1, seed: 1, model });
    const last: LabeledImages = {
      ...data,
      count: 8,
      images: data.images.subarray(72 * 784),
      labels: data.labels.subarray(72),
    };
    const { loss, accuracy } = await evaluateClassifier(model, last);
    expect(history[0]).toMatchObject({ validationLoss: loss, validationAccuracy: accuracy });
    model.dispose();

    const changed = { ...data, images: data.images.slice().fill(0, 72 * 784) };
    const [one, other] = [await train(QUICK), await train(QUICK, changed)];
    expect(other.weights).toEqual(one.weights);
    expect(other.history[0]!.validationLoss).not.toBe(one.history[0]!.validationLoss);
  });

  it('goes without validation if none is wanted', async () => {
    const { history } = await train({ ...QUICK, validationSplit: 0 });
    expect(history[1]).toMatchObject({ validationLoss: undefined, validationAccuracy: undefined });
  });

  it('tells of every batch and epoch, with means over the images so far, and waits for who listens', async () => {
    const told: (BatchResult | string)[] = [];
    const later = () => new Promise((resolve) => setTimeout(resolve, 2));
    const { history } = await train({
      ...QUICK,
      onBatch: async (result) => {
        await later();
        told.push(result);
      },
      onEpoch: async (result) => {
        await later();
        told.push(`epoch ${result.epoch}`);
      },
    });
    const batches = told.filter((entry) => typeof entry !== 'string');
    const places = told.map((entry) =>
      typeof entry === 'string' ? entry : `${entry.epoch}: ${entry.batch} of ${entry.batches}`,
    );
    expect(places).toEqual([
      ...['1: 1 of 3', '1: 2 of 3', '1: 3 of 3', 'epoch 1'],
      ...['2: 1 of 3', '2: 2 of 3', '2: 3 of 3', 'epoch 2'],
    ]);
    for (const [at, epoch] of [batches[2]!, batches[5]!].entries()) {
      expect({ loss: epoch.loss, accuracy: epoch.accuracy }).toEqual({
        loss: history[at]!.loss,
        accuracy: history[at]!.accuracy,
      });
    }
    // Whole images out of 32, 64 and 72.
    for (const [at, { accuracy }] of batches.entries()) {
      const right = accuracy * [32, 64, 72][at % 3]!;
      expect(right).toBeCloseTo(Math.round(right), 3);
    }
  });

  it('stops between batches and leaves a model that can be used and trained on', async () => {
    const controller = new AbortController();
    let told = 0;
    const { model, history, stopped } = await trainArticleCnn(data, {
      ...QUICK,
      signal: controller.signal,
      onBatch({ epoch, batch }) {
        told++;
        if (epoch === 2 && batch === 2) controller.abort();
      },
    });
    expect({ told, stopped, epochs: history.length }).toEqual({ told: 5, stopped: true, epochs: 1 });
    const { loss } = await evaluateClassifier(model, data);
    expect(loss).toBeGreaterThan(0);
    const more = await trainArticleCnn(data, { epochs: 1, model });
    expect(more.model).toBe(model);
    expect(more.history).toHaveLength(1);
    model.dispose();
  });

  it('trains nothing where the signal is aborted before', async () => {
    const untrained = buildArticleCnn({ seed: 5 });
    const { history, stopped, weights } = await train({ ...QUICK, signal: AbortSignal.abort() });
    expect({ history, stopped }).toEqual({ history: [], stopped: true });
    expect(weights).toEqual(weightsOf(untrained));
    untrained.dispose();
  });

  it('lets timers run meanwhile', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await train({ epochs: 3, seed: 1 }, drawDigits(320, { seed: 1 }));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('takes another network too', async () => {
    const small = {
      ...data,
      count: 40,
      height: 14,
      width: 56,
      images: data.images.subarray(0, 40 * 784),
      labels: data.labels.slice(0, 40).map((label) => label % 2),
    };
    const model = sequential({
      layers: [
        layers.conv2d({ inputShape: [14, 56, 1], filters: 3, kernelSize: 3, strides: 2, activation: 'tanh' }),
        layers.flatten(),
        layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    const { history } = await trainArticleCnn(small, {
      epochs: 8,
      seed: 1,
      batchSize: 7,
      learningRate: 0.01,
      model,
    });
    expect(history[7]!.loss).toBeLessThan(history[0]!.loss);
    model.dispose();
  });

  it('leaves no tensors but those of model and optimizer, and these go with the model', async () => {
    const before = memory().numTensors;
    const { model } = await trainArticleCnn(data, QUICK);
    // Six weights; two moments for each, and two powers of beta.
    expect(memory().numTensors - before).toBe(6 + 2 * 6 + 2);
    await trainArticleCnn(data, { ...QUICK, model });
    expect(memory().numTensors - before).toBe(6 + 2 * 6 + 2);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  describe('stops with an error', () => {
    it.each(['conv1/kernel', 'conv2/bias', 'dense/kernel'])('where %s is not a number', async (name) => {
      const model = buildArticleCnn({ seed: 1 });
      const broken = model.weights.map(({ originalName, shape }, index) =>
        originalName === name ? fill(shape as number[], Number.NaN) : model.getWeights()[index]!,
      );
      model.setWeights(broken);
      await expect(trainArticleCnn(data, { ...QUICK, model })).rejects.toThrow(
        /^trainArticleCnn: expected .*, got NaN .*in epoch 1, batch 1 of 3; a smaller learningRate may help$/,
      );
      model.dispose();
    });

    it('where the training has gone astray, and names epoch and batch', async () => {
      const before = memory().numTensors;
      await expect(trainArticleCnn(data, { ...QUICK, learningRate: 1e38 })).rejects.toThrow(
        /^trainArticleCnn: expected .* in epoch [12], batch [123] of 3;/,
      );
      expect(memory().numTensors).toBe(before);
    });

    it('that a callback throws', async () => {
      const before = memory().numTensors;
      const onBatch = () => {
        throw new Error('enough');
      };
      await expect(trainArticleCnn(data, { onBatch })).rejects.toThrow('enough');
      await expect(
        trainArticleCnn(data, { ...QUICK, onEpoch: () => Promise.reject(new Error('no more')) }),
      ).rejects.toThrow('no more');
      expect(memory().numTensors).toBe(before);
    });
  });

  it.each<[string, TrainArticleCnnOptions, Partial<LabeledImages>]>([
    ['epochs: expected a whole number of at least 1, got 0', { epochs: 0 }, {}],
    ['batchSize: expected a whole number of at least 1, got 0', { batchSize: 0 }, {}],
    ['batchSize: expected a whole number of at least 1, got 1.5', { batchSize: 1.5 }, {}],
    [
      'validationSplit: expected a number from 0 (included) to 1 (excluded), got 1',
      { validationSplit: 1 },
      {},
    ],
    [
      'validationSplit: expected a share that leaves images for training and for validation, got 0.99 of 80',
      { validationSplit: 0.99 },
      {},
    ],
    ['learningRate: expected a number above 0, got 0', { learningRate: 0 }, {}],
    ['learningRate: expected a number above 0, got NaN', { learningRate: Number.NaN }, {}],
    ['seed: expected a whole number of at least 0, got -1', { seed: -1 }, {}],
    ['signal: expected an AbortSignal, got "now"', { signal: 'now' as unknown as AbortSignal }, {}],
    ['onBatch: expected a function, got 3', { onBatch: 3 as unknown as () => void }, {}],
    ['onEpoch: expected a function, got an object', { onEpoch: {} as () => void }, {}],
    [
      'model: expected a layers model of TensorFlow.js, got null',
      { model: null as unknown as LayersModel },
      {},
    ],
    ['data.count: expected a whole number of at least 1, got 0', {}, { count: 0 }],
    ['data.images: expected 79 × 28 × 28 = 61936 bytes, got 62720', {}, { count: 79 }],
    ['data.images: expected a Uint8Array, got undefined', {}, { images: undefined as unknown as Uint8Array }],
    [
      'data.images: expected a Uint8Array, got a Float32Array',
      {},
      { images: new Float32Array(62720) as unknown as Uint8Array },
    ],
    ['data.labels: expected 80, one for each image, got 79', {}, { labels: data.labels.subarray(1) }],
    [
      'data.labels[70]: expected 0 to 9, got 10',
      {},
      { labels: data.labels.map((label, at) => (at === 70 ? 10 : label)) },
    ],
    ['data: expected images of 28 × 28, got 14 × 56', {}, { height: 14, width: 56 }],
  ])('refuses with "%s"', async (message, options, part) => {
    const before = memory().numTensors;
    await expect(trainArticleCnn({ ...data, ...part }, options)).rejects.toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses what is no data', async () => {
    await expect(trainArticleCnn(undefined as unknown as LabeledImages)).rejects.toThrow(
      'data: expected labelled images, got undefined',
    );
  });

  describe('on another backend', () => {
    afterAll(() => useWasmBackend());

    it('trains there, to nearly the same numbers', async () => {
      const few = drawDigits(10, { seed: 1 });
      const options = { epochs: 1, seed: 1, batchSize: 5 };
      const onWasm = await train(options, few);
      await setBackend('cpu');
      const onCpu = await train(options, few);
      expect(onCpu.history[0]!.loss).toBeCloseTo(onWasm.history[0]!.loss, 4);
      expect(onCpu.history[0]!.validationLoss).toBeCloseTo(onWasm.history[0]!.validationLoss!, 4);
    });
  });
});
