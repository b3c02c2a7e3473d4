import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { drawDigit } from '../../../src/data/drawDigit';
import { drawDigits } from '../../../src/data/drawDigits';
import { loadArticleCnn } from '../../../src/model/article/loadArticleCnn';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { evaluateClassifier } from '../../../src/training/evaluateClassifier';

describe('loadArticleCnn', () => {
  it("has the article's network with weights that are all numbers", async () => {
    const model = await loadArticleCnn();
    expect(model.countParams()).toBe(12_810);
    for (const weight of model.weights) {
      const values = weight.read().dataSync();
      expect(values.every(Number.isFinite), weight.originalName).toBe(true);
      expect(new Set(values).size, weight.originalName).toBeGreaterThan(values.length / 2);
    }
    model.dispose();
  });

  it('reads digits in many hands', async () => {
    const model = await loadArticleCnn();
    const { accuracy } = await evaluateClassifier(model, drawDigits(1000, { seed: 7 }));
    expect(accuracy).toBeGreaterThan(0.93);
    model.dispose();
  });

  it('reads the digits that this package draws', async () => {
    const model = await loadArticleCnn();
    const dense = createActivationModel(model, 'dense');
    const read = await Promise.all(
      Array.from({ length: 10 }, async (_, digit) => {
        const [activation] = await computeActivations(dense, drawDigit(digit));
        return activation!.data.indexOf(Math.max(...activation!.data));
      }),
    );
    expect(read).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    model.dispose();
  });

  it('leaves nothing behind once disposed', async () => {
    await useWasmBackend();
    const before = memory();
    (await loadArticleCnn()).dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });
});
