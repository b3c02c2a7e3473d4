import { memory, type Tensor, tensor1d, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { LabeledImages } from '../../src/data/LabeledImages';
import { evaluateClassifier } from '../../src/training/evaluateClassifier';

/** Images of one row of two pixels. A black one gets 1/2, 1/4, 1/4; a white left pixel makes the third class 6/9. */
const data: LabeledImages = {
  count: 3,
  height: 1,
  width: 2,
  images: Uint8Array.of(0, 0, 255, 0, 0, 255),
  labels: Uint8Array.of(0, 2, 1),
};

let model: LayersModel;
beforeAll(() => useWasmBackend());
beforeEach(() => {
  model = sequential({
    layers: [
      layers.flatten({ inputShape: [1, 2, 1] }),
      layers.dense({ units: 3, activation: 'softmax', useBias: true }),
    ],
  });
  // softmax of the logarithms of 2, 1, 1; a white left pixel multiplies the third by 6.
  const kernel = tensor2d([0, 0, Math.log(6), 0, 0, 0], [2, 3]);
  const bias = tensor1d([Math.log(2), 0, 0]);
  model.setWeights([kernel, bias]);
  kernel.dispose();
  bias.dispose();
});
afterEach(() => {
  model.dispose();
});

describe('evaluateClassifier', () => {
  // Right classes: 2/4, then 6/9, then 1/4, where the first class wins with 2/4.
  const loss = -(Math.log(2 / 4) + Math.log(6 / 9) + Math.log(1 / 4)) / 3;

  it.each([1, 2, 3, 128])('measures in batches of %i', async (batchSize) => {
    const before = memory().numTensors;
    const result = await evaluateClassifier(model, data, { batchSize });
    expect(result.loss).toBeCloseTo(loss, 6);
    expect(result.accuracy).toBe(2 / 3);
    expect(memory().numTensors).toBe(before);
  });

  it('keeps probabilities off 0 as Keras does', async () => {
    const bias = tensor1d([100, 0, 0]);
    model.setWeights([model.getWeights()[0]!, bias]);
    bias.dispose();
    const wrong = { ...data, count: 1, images: data.images.subarray(0, 2), labels: Uint8Array.of(1) };
    const { loss: capped, accuracy } = await evaluateClassifier(model, wrong);
    expect(capped).toBeCloseTo(-Math.log(1e-7), 5);
    expect(accuracy).toBe(0);
  });

  it('agrees with evaluate of tfjs-layers', async () => {
    model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    const x = tensor4d(
      Float32Array.from(data.images, (byte) => byte / 255),
      [3, 1, 2, 1],
    );
    const y = tensor2d(Float32Array.from(data.labels), [3, 1]);
    const [expectedLoss, expectedAccuracy] = model.evaluate(x, y) as [Tensor, Tensor];
    const result = await evaluateClassifier(model, data);
    expect(result.loss).toBeCloseTo(expectedLoss.dataSync()[0]!, 6);
    expect(result.accuracy).toBeCloseTo(expectedAccuracy.dataSync()[0]!, 6);
  });

  it('does not hide numbers that are none', async () => {
    const bias = tensor1d([Number.NaN, 0, 0]);
    model.setWeights([model.getWeights()[0]!, bias]);
    bias.dispose();
    expect((await evaluateClassifier(model, data)).loss).toBeNaN();
  });

  it.each<[string, Partial<LabeledImages>, { batchSize?: number }]>([
    ['batchSize: expected a whole number of at least 1, got 0', {}, { batchSize: 0 }],
    ['data.labels[1]: expected 0 to 2, got 3', { labels: Uint8Array.of(0, 3, 1) }, {}],
    ['data: expected images of 1 × 2, got 2 × 1', { height: 2, width: 1 }, {}],
    ['data.labels: expected 3, one for each image, got 2', { labels: Uint8Array.of(0, 1) }, {}],
  ])('refuses with "%s"', async (message, part, options) => {
    await expect(evaluateClassifier(model, { ...data, ...part }, options)).rejects.toThrow(message);
  });

  it('refuses a network that takes or puts out something else', async () => {
    const other = sequential({ layers: [layers.dense({ units: 3, inputShape: [784] })] });
    await expect(evaluateClassifier(other, data)).rejects.toThrow(
      'model: expected one that takes [batch, height, width, 1] and puts out [batch, classes], got one that takes [?, 784] and puts out [?, 3]',
    );
    other.dispose();
    await expect(evaluateClassifier(other, data)).rejects.toThrow('one that has been disposed');
  });
});
