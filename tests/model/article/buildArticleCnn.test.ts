import { getBackend, memory } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../../src/model/article/buildArticleCnn';
import { runScript } from '../../runScript';

describe('buildArticleCnn', () => {
  beforeAll(() => useWasmBackend());

  it('has the layers, shapes and parameter counts of Keras', () => {
    const model = buildArticleCnn();
    expect(
      model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape, layer.countParams()]),
    ).toEqual([
      ['conv1', 'Conv2D', [null, 26, 26, 16], 160],
      ['max_pooling2d', 'MaxPooling2D', [null, 13, 13, 16], 0],
      ['conv2', 'Conv2D', [null, 11, 11, 32], 4640],
      ['max_pooling2d_1', 'MaxPooling2D', [null, 5, 5, 32], 0],
      ['flatten', 'Flatten', [null, 800], 0],
      ['dense', 'Dense', [null, 10], 8010],
    ]);
    expect(model.countParams()).toBe(12_810);
    expect(model.inputs[0]!.shape).toEqual([null, 28, 28, 1]);
    expect(model.optimizer).toBeUndefined();
    model.dispose();
  });

  it('initialises as Keras does: Glorot uniform kernels, zero biases', () => {
    const model = buildArticleCnn();
    // The limit of Glorot and Bengio (2010): sqrt(6 / (fan in + fan out)).
    const limits = [Math.sqrt(6 / (9 + 144)), Math.sqrt(6 / (144 + 288)), Math.sqrt(6 / (800 + 10))];
    const [kernels, biases] = [0, 1].map((odd) => model.weights.filter((_, index) => index % 2 === odd));
    for (const [index, kernel] of kernels!.entries()) {
      const values = [...kernel.read().dataSync()];
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(limits[index]!);
      expect(largest).toBeGreaterThan(0.9 * limits[index]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      // Six standard errors of the mean of a uniform distribution.
      expect(Math.abs(mean)).toBeLessThan((6 * limits[index]!) / Math.sqrt(3 * values.length));
    }
    for (const bias of biases!)
      expect(
        bias
          .read()
          .dataSync()
          .every((value) => value === 0),
      ).toBe(true);
    model.dispose();
  });

  it('is the same network for the same seed and another one otherwise', () => {
    const weightsOf = (seed?: number) => {
      const model = buildArticleCnn({ seed });
      const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
      model.dispose();
      return weights;
    };
    expect(weightsOf(7)).toEqual(weightsOf(7));
    expect(weightsOf(7)).not.toEqual(weightsOf(8));
    expect(weightsOf()).not.toEqual(weightsOf());
  });

  it('draws for a seed what the initialiser of TensorFlow.js does', () => {
    const model = buildArticleCnn({ seed: 7 });
    const kernels = model.getWeights().filter(({ rank }) => rank > 1);
    expect(kernels).toHaveLength(3);
    for (const [index, kernel] of kernels.entries()) {
      const expected = initializers.glorotUniform({ seed: 21 + index }).apply(kernel.shape);
      expect(kernel.dataSync()).toEqual(expected.dataSync());
      expected.dispose();
    }
    model.dispose();
  });

  it.each([undefined, 7])('is gone when disposed, with the seed %s', (seed) => {
    const before = memory().numTensors;
    buildArticleCnn({ seed }).dispose();
    expect(memory().numTensors).toBe(before);
    expect(getBackend()).toBe('wasm');
  });

  it.each([-1, 0.5, Number.NaN, '3' as never])('refuses %s as seed', (seed) => {
    expect(() => buildArticleCnn({ seed })).toThrow(/^seed: expected a whole number of at least 0, got /);
  });

  it('says what to do where there is no backend', () => {
    const { stdout } = runScript(`
      import { buildArticleCnn } from 'layerscope';
      try { buildArticleCnn(); } catch (error) { console.log(error.message); }`);
    expect(stdout).toBe(
      'buildArticleCnn: expected a backend for the weights, got none; call `await useWasmBackend()` first\n',
    );
  });
});
