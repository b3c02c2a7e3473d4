import { memory, ones, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createActivationModel } from '../../../src/model/createActivationModel';

beforeAll(() => useWasmBackend());

/** Adds what comes in to what it has: 1, 2, 3, … for ones. */
const counter = (batchInputShape?: number[]) =>
  layers.simpleRNN({
    units: 1,
    stateful: true,
    activation: 'linear',
    kernelInitializer: 'ones',
    recurrentInitializer: 'ones',
    ...(batchInputShape && { batchInputShape }),
  });

async function lookOnce(model: LayersModel, shape: number[]): Promise<number> {
  const activationModel = createActivationModel(model, () => true);
  const before = memory().numTensors;
  const size = shape.reduce((product, length) => product * length, 1);
  const activations = await computeActivations(activationModel, {
    data: new Float32Array(size).fill(1),
    shape,
  });
  expect(memory().numTensors).toBe(before);
  activationModel.dispose();
  // The two layers that a bidirectional one runs come behind it.
  return activations.filter(({ layerName }) => !/\/(for|back)ward_/.test(layerName)).at(-1)!.data[0]!;
}

function predict(model: LayersModel, shape: number[]): number {
  const img = ones(shape);
  const output = model.predict(img) as Tensor;
  const [value] = output.dataSync();
  img.dispose();
  output.dispose();
  return value!;
}

describe('a layer that remembers', () => {
  it.each<[string, () => LayersModel, number[], number]>([
    ['by itself', () => sequential({ layers: [counter([1, 1, 1])] }), [1, 1, 1], 1],
    [
      'in both directions, the sum of which comes out',
      () =>
        sequential({
          layers: [
            layers.bidirectional({
              layer: counter() as never,
              mergeMode: 'sum',
              batchInputShape: [1, 1, 1],
            }),
          ],
        }),
      [1, 1, 1],
      2,
    ],
    [
      'in a model in a model',
      () => sequential({ layers: [sequential({ layers: [counter([1, 1, 1])] })] }),
      [1, 1, 1],
      1,
    ],
    [
      'as an image',
      () =>
        sequential({
          layers: [
            layers.convLstm2d({
              filters: 1,
              kernelSize: 1,
              stateful: true,
              batchInputShape: [1, 1, 2, 2, 1],
              kernelInitializer: 'ones',
              recurrentInitializer: 'ones',
            }),
          ],
        }),
      [1, 1, 2, 2, 1],
      Number.NaN,
    ],
  ])('remembers nothing of being looked at, %s', async (_, build, shape, step) => {
    const model = build();
    const first = await lookOnce(model, shape);
    expect(await lookOnce(model, shape)).toBe(first);
    const before = memory().numTensors;
    expect(predict(model, shape)).toBeCloseTo(first, 6);
    const second = predict(model, shape);
    expect(second).not.toBeCloseTo(first, 2);
    if (!Number.isNaN(step)) expect([first, second]).toEqual([step, step * 2]);
    expect(memory().numTensors).toBe(before);
    // What it remembers of predict, it goes on from.
    expect(await lookOnce(model, shape)).not.toBeCloseTo(second, 2);
    model.resetStates();
    expect(await lookOnce(model, shape)).toBe(first);
    model.dispose();
  });

  it('goes on from step to step of the one that runs it, and not from look to look', () => {
    const model = sequential({
      layers: [
        layers.timeDistributed({ name: 'td', layer: counter() as never, batchInputShape: [1, 3, 1, 1] }),
      ],
    });
    const [inside] = (model.layers as (layers.Layer & { layer?: layers.Layer })[]).map(
      ({ layer }) => layer!.name,
    );
    const activationModel = createActivationModel(model, [`td/${inside}`, 'td']);
    const img = ones([1, 3, 1, 1]);
    const before = memory().numTensors;
    for (let look = 0; look < 2; look++) {
      const outputs = activationModel.predict(img);
      expect(outputs.map((output) => [...output.dataSync()])).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]);
      for (const output of outputs) output.dispose();
    }
    expect(memory().numTensors).toBe(before);
    img.dispose();
    model.dispose();
  });

  it('has its states back where looking fails', () => {
    const model = sequential({ layers: [counter([1, 1, 1]), layers.dense({ units: 2 })] });
    const activationModel = createActivationModel(model, () => true);
    expect(predict(model, [1, 1, 1])).toEqual(expect.any(Number));
    const before = memory().numTensors;
    const states = () =>
      (model.layers[0] as unknown as { getStates(): Tensor[] }).getStates()[0]!.dataSync()[0];
    expect(states()).toBe(1);
    const wrong = tensor([1, 1], [1, 1, 2]);
    expect(() => activationModel.predict(wrong)).toThrow();
    wrong.dispose();
    expect(states()).toBe(1);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
