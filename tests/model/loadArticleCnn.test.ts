import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { drawDigit } from '../../src/data/drawDigit';
import { createActivationModel } from '../../src/model/createActivationModel';
import { loadArticleCnn } from '../../src/model/loadArticleCnn';
import { readFloats } from '../reference';

describe('loadArticleCnn', () => {
  it('has the weights that were trained', async () => {
    const model = await loadArticleCnn();
    for (const weight of model.weights) {
      const name = weight.originalName.replace('/', '.');
      expect([...(await weight.read().data())], name).toEqual([...readFloats(`weights.${name}`)]);
    }
    expect(model.weights).toHaveLength(6);
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
