import { memory } from '@tensorflow/tfjs-core';
import { constraints, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { loadLayers } from '../../../src/formats/tfjs/loadLayers';
import { loadWhole } from '../../../src/formats/tfjs/loadWhole';
import type { LazyWeight } from '../../../src/formats/weights/LazyWeight';

beforeAll(() => useWasmBackend());

/** One layer by itself, one inside of another, and one whose kernel is kept above zero. */
function describeModel() {
  const model = sequential({
    layers: [
      layers.dense({ name: 'plain', inputShape: [2, 2], units: 2, kernelInitializer: 'heNormal' }),
      layers.bidirectional({
        name: 'both',
        layer: layers.simpleRNN({
          name: 'inside',
          units: 1,
          useBias: false,
          recurrentInitializer: 'zeros',
        }) as never,
        mergeMode: 'concat',
      }),
      layers.dense({ name: 'kept', units: 1, useBias: false, kernelConstraint: constraints.nonNeg() }),
    ],
  });
  const modelTopology = model.toJSON(null, false) as object;
  const shapes = model.weights.map(({ originalName, shape }) => [originalName, shape as number[]] as const);
  model.dispose();
  return { modelTopology, shapes };
}

/** Weights that count on: -2, -1, 0, … */
function count(shapes: readonly (readonly [string, number[]])[]): LazyWeight[] {
  let next = -2;
  return shapes.map(([name, shape]) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next++);
    return { name, shape, dtype: 'float32', read: () => values };
  });
}

const valuesOf = (model: LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

it('gives each weight its values, constrained where its layer says so', async () => {
  const { modelTopology, shapes } = describeModel();
  const before = memory();
  const model = await loadWhole(() => loadLayers({ modelTopology }, count(shapes)));
  expect(valuesOf(model)).toEqual([[-2, -1, 0, 1], [2, 3], [4, 5], [6], [7, 8], [9], [10, 11]]);
  expect(memory().numTensors).toBe(before.numTensors + shapes.length);
  const again = await loadWhole(() =>
    loadLayers({ modelTopology }, [...count(shapes.slice(-1)), ...count(shapes.slice(0, -1))]),
  );
  expect(valuesOf(again).at(-1)).toEqual([0, 0]);
  expect(model.layers[0]!.getConfig()).toMatchObject({
    kernelInitializer: { className: 'VarianceScaling', config: { distribution: 'normal' } },
  });
  model.dispose();
  again.dispose();
  expect(memory().numTensors).toBe(before.numTensors);
  expect(memory().numBytes).toBe(before.numBytes);
});

it('refuses weights of another model as TensorFlow.js does, and leaves no tensor', async () => {
  const { modelTopology, shapes } = describeModel();
  const before = memory().numTensors;
  const load = (weights: LazyWeight[]) => loadWhole(() => loadLayers({ modelTopology }, weights));
  const weights = count(shapes);
  await expect(load(weights.slice(1))).rejects.toThrow('1 of 7 weights are not set: plain/kernel');
  await expect(load([...weights, { ...weights[0]!, name: 'more/kernel' }])).rejects.toThrow(
    'Provided weight data has no target variable: more/kernel',
  );
  await expect(load([{ ...weights[0]!, shape: [4] }, ...weights.slice(1)])).rejects.toThrow(
    'Shape mismatch: [2,2] vs. [4]',
  );
  const damaged: LazyWeight = {
    ...weights[2]!,
    read() {
      throw new Error('it is damaged');
    },
  };
  await expect(load([...weights.slice(0, 2), damaged, ...weights.slice(3)])).rejects.toThrow('it is damaged');
  expect(memory().numTensors).toBe(before);
});
