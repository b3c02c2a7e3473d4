import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { model as functional, input, layers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { locateError } from '../../src/common/locateError';
import { createActivationModel } from '../../src/model/createActivationModel';
import { loadGraph, writeGraph } from './graph/graphDef';

beforeAll(() => useWasmBackend());

const img = (size: number) => ({ data: new Float32Array(size * size), shape: [size, size, 1] as const });

/** What is thrown, and how many tensors are left of the attempt. */
async function attempt(compute: () => Promise<unknown>) {
  const before = memory().numTensors;
  const error = await compute().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error: error as Error, left: memory().numTensors - before };
}

describe('an error of a layer', () => {
  const convolution = (name: string) => layers.conv2d({ name, filters: 1, kernelSize: 3 });

  it('says which layer, where an image is too small for the second', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({ name: 'conv1', filters: 1, kernelSize: 3, inputShape: [null, null, 1] }),
        convolution('conv2'),
      ],
    });
    const { error, left } = await attempt(() => computeActivations(createActivationModel(model), img(3)));
    expect(error).toBeInstanceOf(RangeError);
    const original =
      'FusedConv2D: expected an image of at least [3, 3], which is the size of the window, got [1, 1]';
    expect(error.message).toBe(`layer "conv2": ${original}`);
    expect(error.cause).toEqual(new RangeError(original));
    expect(left).toBe(0);
    model.dispose();
  });

  it('gives the path of a layer in a model inside the model', async () => {
    const x = input({ shape: [null, null, 1] });
    const inner = sequential({ name: 'backbone' });
    inner.add(layers.conv2d({ name: 'conv', filters: 1, kernelSize: 3, inputShape: [null, null, 1] }));
    const model = functional({ inputs: x, outputs: inner.apply(x) as SymbolicTensor });
    const { error } = await attempt(() =>
      computeActivations(
        createActivationModel(model, () => true),
        img(2),
      ),
    );
    expect(error.message).toMatch(/^layer "backbone\/conv": FusedConv2D: expected an image/);
    model.dispose();
  });
});

describe('an error of a graph', () => {
  it('says which node', async () => {
    const { graph, image, constant, node } = writeGraph();
    const x = image('x', [-1, -1, -1, 1]);
    const settings = {
      padding: 'VALID',
      data_format: 'NHWC',
      dilations: [1, 1, 1, 1],
      strides: [1, 1, 1, 1],
    };
    const kernel = constant('kernel', [3, 3, 1, 1], new Float32Array(9));
    let last = x;
    for (let at = 1; at <= 6; at++) last = node(`conv${at}`, 'Conv2D', [last, kernel], settings);
    const model = await loadGraph(graph);
    for (const [size, name] of [
      [2, 'conv1'],
      [3, 'conv2'],
      [7, 'conv4'],
      [12, 'conv6'],
    ] as const) {
      const { error, left } = await attempt(() =>
        computeActivations(createActivationModel(model, ['conv2', 'conv6']), img(size)),
      );
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toMatch(`node "${name}": Conv2D: expected an image of at least [3, 3]`);
      expect(left).toBe(0);
    }
    const [two, six] = await computeActivations(createActivationModel(model, ['conv2', 'conv6']), img(13));
    expect([two!.shape, six!.shape]).toEqual([
      [1, 9, 9, 1],
      [1, 1, 1, 1],
    ]);
    model.dispose();
  });

  it('says nothing of a node where what was given does not fit', async () => {
    const { graph, image, node } = writeGraph();
    node('out', 'Relu', [image('x', [1, 2, 2, 1])]);
    const model = await loadGraph(graph);
    const activationModel = createActivationModel(model, ['out']);
    const x = tensor([1, 2], [1, 2, 1, 1]) as Tensor;
    expect(() => activationModel.predict(x)).toThrow(/^The shape of dict\['x'\]/);
    x.dispose();
    model.dispose();
  });
});

describe('locateError', () => {
  class Refusal extends Error {
    constructor(message: string) {
      super(message);
      this.name = 'Refusal';
    }
  }

  it('keeps the class of the error', () => {
    const error = new Refusal('no');
    const located = locateError('layer', 'a', error) as Refusal;
    expect(located).toBeInstanceOf(Refusal);
    expect([located.name, located.message, located.cause]).toEqual(['Refusal', 'layer "a": no', error]);
  });

  it('leaves alone what names the place, and what is no error', () => {
    const error = new Error('the layer "a" is no good');
    expect(locateError('layer', 'a', error)).toBe(error);
    expect(locateError('layer', 'a', 'no')).toBe('no');
  });
});
