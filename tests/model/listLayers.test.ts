import { memory } from '@tensorflow/tfjs-core';
import { model as functional, input, layers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { listLayers } from '../../src/model/listLayers';

describe('listLayers', () => {
  beforeAll(() => useWasmBackend());

  it("lists the article's network, whose numbers can be worked out by hand", () => {
    const model = buildArticleCnn({ seed: 1 });
    const before = memory().numTensors;
    const rows = listLayers(model).map(({ path, className, outputShape, parameters, receptiveField }) => [
      path,
      className,
      outputShape.join(),
      parameters,
      receptiveField?.join(),
    ]);
    expect(rows).toEqual([
      ['conv1', 'Conv2D', ',26,26,16', 160, '3,3'],
      ['max_pooling2d', 'MaxPooling2D', ',13,13,16', 0, '4,4'],
      ['conv2', 'Conv2D', ',11,11,32', 4640, '8,8'],
      ['max_pooling2d_1', 'MaxPooling2D', ',5,5,32', 0, '10,10'],
      // Which place a number of a vector stands for is not known; the dense layer reads all of it.
      ['flatten', 'Flatten', ',800', 0, undefined],
      ['dense', 'Dense', ',10', 8010, '26,26'],
    ]);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('lists models inside, uses, and open sizes', () => {
    const image = input({ name: 'image', shape: [null, null, 1] as never });
    const shared = layers.conv2d({ name: 'conv', filters: 1, kernelSize: 3, padding: 'same' });
    const inner = sequential({
      name: 'inner',
      layers: [layers.activation({ name: 'act', inputShape: [null, null, 1] as never, activation: 'relu' })],
    });
    const twice = shared.apply(shared.apply(image) as SymbolicTensor) as SymbolicTensor;
    const model = functional({ inputs: image, outputs: inner.apply(twice) as SymbolicTensor });
    const list = listLayers(model);
    expect(list.map(({ path }) => path)).toEqual(['image', 'conv', 'conv:1', 'inner', 'inner/act']);
    expect(list[1]).toEqual({
      path: 'conv',
      className: 'Conv2D',
      outputShape: [null, null, null, 1],
      parameters: 10,
    });
    model.dispose();
  });

  it('refuses what is no model', () => {
    expect(() => listLayers({} as never)).toThrow('model: expected a layers model of TensorFlow.js');
  });
});
