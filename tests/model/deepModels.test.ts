import { memory, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { createActivationModel } from '../../src/model/createActivationModel';
import { listLayers } from '../../src/model/listLayers';

/**
 * A chain of layers without weights, a convolution behind every hundredth. It stands as a view of a model of which it has the
 * inputs and, at the end, the outputs: TensorFlow.js takes the square of the layers to build a model.
 */
function buildChain(count: number, first?: 'channelsFirst' | 'branches'): LayersModel {
  const image = input({ shape: first === 'channelsFirst' ? [1, 8, 8] : [8, 8, 1] });
  const chain: layers.Layer[] = [image.sourceLayer];
  let values: SymbolicTensor = image;
  const put = (layer: layers.Layer, given: SymbolicTensor | SymbolicTensor[]) => {
    chain.push(layer);
    return layer.apply(given) as SymbolicTensor;
  };
  const add = (layer: layers.Layer) => {
    values = put(layer, values);
  };
  const widen = () => layers.maxPooling2d({ poolSize: [3, 1], strides: 1, padding: 'same' });
  while (chain.length < count) {
    if (first === 'branches') {
      const sides = [values, put(widen(), values), put(layers.activation({ activation: 'linear' }), values)];
      values = put(layers.add(), sides);
    } else add(layers.activation({ activation: 'linear' }));
  }
  add(layers.maxPooling2d({ poolSize: 2, ...(first === 'channelsFirst' && { dataFormat: first }) }));
  const whole = model({ inputs: image, outputs: image });
  return Object.create(whole, {
    layers: { value: chain },
    outputs: { value: [values] },
    weights: { value: [] },
  }) as LayersModel;
}

/** The processor's time in milliseconds. */
function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a model of 10,000 layers', () => {
  let deep: LayersModel;
  let shallow: LayersModel;
  beforeAll(async () => {
    await useWasmBackend();
    deep = buildChain(10_000);
    shallow = buildChain(2_500);
  });

  it('is listed within two seconds, with the fields that its layers see', () => {
    let list: ReturnType<typeof listLayers> = [];
    expect(timeOf(() => (list = listLayers(deep)))).toBeLessThan(2000);
    expect(list).toHaveLength(10_001);
    expect(list[9_999]!.receptiveField).toEqual([1, 1]);
    expect(list[10_000]!.receptiveField).toEqual([2, 2]);
  });

  it('is listed in a time that grows with the layers, not with their square', () => {
    const few = Math.min(...[1, 2, 3].map(() => timeOf(() => listLayers(shallow))));
    // Four times the layers: the square would be 16.
    expect(timeOf(() => listLayers(deep))).toBeLessThan(10 * few + 100);
  });

  it('is listed in such a time where each third layer joins branches', () => {
    const branched = buildChain(10_000, 'branches');
    const [least, few] = [buildChain(625, 'branches'), buildChain(2_500, 'branches')];
    timeOf(() => listLayers(least));
    const short = Math.min(...[1, 2, 3].map(() => timeOf(() => listLayers(few))));
    let list: ReturnType<typeof listLayers> = [];
    expect(timeOf(() => (list = listLayers(branched)))).toBeLessThan(10 * short + 100);
    // A window of three rows in each block, of an image of eight, seen from its fifth row.
    expect([1, 3, 4, 7, 9_001].map((at) => list[at]!.receptiveField)).toEqual([
      [3, 1],
      [3, 1],
      [5, 1],
      [7, 1],
      [8, 1],
    ]);
  });

  it('is run from end to end', () => {
    const before = memory().numTensors;
    const [last] = listLayers(deep).slice(-1);
    const activationModel = createActivationModel(deep, [last!.path], { preActivation: true });
    const image = zeros([1, 8, 8, 1]);
    const outputs = activationModel.predict(image) as Tensor[];
    expect(outputs.map(({ shape }) => shape)).toEqual([[1, 4, 4, 1]]);
    for (const tensor of [image, ...outputs]) tensor.dispose();
    activationModel.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is listed with its channels first', () => {
    const list = listLayers(buildChain(10_000, 'channelsFirst'));
    expect(list.at(-1)!.outputShape).toEqual([null, 4, 4, 1]);
  });
});
