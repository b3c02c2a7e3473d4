import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { listLayers } from '../../../../src/model/listLayers';
import { loadModel } from '../../../../src/node/loadModel';
import { saveModel } from '../../../../src/node/saveModel';
import { useFolder } from '../../../node/modelFolder';
import { randomSource } from '../../../training/random';
import { loadConverted, layerModels as of, predict, run, type Weights } from '../loadConverted';

const folder = useFolder();

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of Keras', () => {
  it.each([1, 2, -3, -2])('BatchNormalization along any axis: %i', async (axis) => {
    const shape = [2, 3, 4];
    const at = axis < 0 ? axis + 3 : axis - 1;
    const random = randomSource(axis + 9);
    const values = [...random.floats(24)];
    const numbers = (): number[] => [...random.floats(shape[at]!)].map((value) => value + 2);
    const [gamma, beta, mean, variance] = [numbers(), numbers(), numbers(), numbers()];
    const weights: Weights = {
      'l/gamma': [[shape[at]!], gamma],
      'l/beta': [[shape[at]!], beta],
      'l/moving_mean': [[shape[at]!], mean],
      'l/moving_variance': [[shape[at]!], variance],
    };
    const expected = values.map((value, index) => {
      const k = [Math.floor(index / 12), Math.floor(index / 4) % 3, index % 4][at]!;
      return ((value - mean[k]!) / Math.sqrt(variance[k]! + 0.5)) * gamma[k]! + beta[k]!;
    });
    const model = of('BatchNormalization', shape, { axis, epsilon: 0.5 });
    for (const version of [2, 3] as const) {
      const output = await run(model[version], shape, values, weights);
      expect(Math.max(...output.map((value, index) => Math.abs(value - expected[index]!)))).toBeLessThan(
        1e-4,
      );
    }
  });

  it('BatchNormalization along the first axis in training, and after it was saved', async () => {
    const weights: Weights = {
      'l/gamma': [[2], [1, 2]],
      'l/beta': [[2], [0, 5]],
      'l/moving_mean': [[2], [1, 4]],
      'l/moving_variance': [[2], [1, 4]],
    };
    const settings = { axis: [1], epsilon: 0, momentum: 0.5 };
    const model = await loadConverted(of('BatchNormalization', [2, 2], settings)[2], weights);
    const given = tensor([1, 3, 10, 30], [1, 2, 2]);
    expect([...predict(model, [1, 2, 2], [1, 3, 10, 30])]).toEqual([0, 2, 11, 31]);
    // The means are 2 and 20, the variances 1 and 100.
    const trained = model.apply(given, { training: true }) as Tensor;
    expect([...trained.dataSync()].map(Math.round)).toEqual([-1, 1, 3, 7]);
    const [, , mean, variance] = model.getWeights().map((weight) => [...weight.dataSync()]);
    expect([mean, variance]).toEqual([
      [1.5, 12],
      [1, 52],
    ]);
    await saveModel(model, folder.path);
    const loaded = await loadModel(folder.path);
    const again = predict(loaded, [1, 2, 2], [1.5, 2.5, 12, 12]);
    again.forEach((value, at) => {
      expect(value).toBeCloseTo([0, 1, 5, 5][at]!, 5);
    });
    expect(listLayers(loaded).at(-1)).toMatchObject({ path: 'l', className: 'BatchNormalization' });
    for (const each of [given, trained, model, loaded]) each.dispose();
  });
});
