import { memory, ones, type Rank, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { createActivationModel } from '../../src/model/createActivationModel';
import { isActivationModel } from '../../src/model/selection/ActivationModel';

const image = Float32Array.from({ length: 784 }, (_, at) => Math.sin(at));

function predict(model: LayersModel, selector?: Parameters<typeof createActivationModel>[1]) {
  const activationModel = createActivationModel(model, selector);
  const tensor = tensor4d(image, [1, 28, 28, 1]);
  const outputs = activationModel.predict(tensor);
  tensor.dispose();
  return outputs;
}

/** What a layer puts out, computed by tfjs itself through a model that ends there. */
function expected(model: LayersModel, name: string, tensor: Tensor): Tensor {
  const cut = functional({ inputs: model.inputs, outputs: model.getLayer(name).output as never });
  return cut.predict(tensor) as Tensor;
}

describe('createActivationModel', () => {
  const models: LayersModel[] = [];
  const build = () => {
    const model = buildArticleCnn({ seed: 3 });
    models.push(model);
    return model;
  };
  beforeAll(() => useWasmBackend());
  afterEach(() => {
    for (const model of models.splice(0)) model.dispose();
  });

  it('chooses the convolutions where nothing is said', () => {
    const model = build();
    const { layers, inputShape } = createActivationModel(model);
    expect(layers).toEqual([
      { name: 'conv1', className: 'Conv2D' },
      { name: 'conv2', className: 'Conv2D' },
    ]);
    expect(inputShape).toEqual([null, 28, 28, 1]);
  });

  it('gives every layer what tfjs gives for it', () => {
    const model = build();
    const names = model.layers.map((layer) => layer.name);
    const outputs = predict(model, names);
    for (const [index, name] of names.entries()) {
      const reference = expected(model, name, tensor4d(image, [1, 28, 28, 1]));
      expect(outputs[index]!.shape).toEqual(reference.shape);
      expect([...outputs[index]!.dataSync()]).toEqual([...reference.dataSync()]);
    }
  });

  it('runs every layer once however many are chosen, and none that is not needed', () => {
    const model = build();
    const calls = model.layers.map((layer) => vi.spyOn(layer, 'call'));
    predict(model, ['conv2', 'conv1', 'max_pooling2d']);
    expect(calls.map((call) => call.mock.calls.length)).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('shares the weights: training goes on underneath', () => {
    const model = build();
    const activationModel = createActivationModel(model, 'conv1');
    const before = memory().numTensors;
    model.getLayer('conv1').setWeights([zeros([3, 3, 1, 16]), ones([16])]);
    const [output] = activationModel.predict(tensor4d(image, [1, 28, 28, 1]));
    expect(output!.dataSync().every((value) => value === 1)).toBe(true);
    expect(memory().numTensors).toBe(before + 4); // two arguments, the image and the output
  });

  it('makes no tensor, and dispose leaves the original alone', () => {
    const model = build();
    const before = memory().numTensors;
    const activationModel = createActivationModel(model);
    expect(memory().numTensors).toBe(before);
    activationModel.dispose();
    activationModel.dispose();
    expect(() => activationModel.predict(tensor4d(image, [1, 28, 28, 1]))).toThrow(
      'activationModel: expected a live activation model, got one that has been disposed',
    );
    expect(predict(model)).toHaveLength(2);
  });

  it('says so where the original has been disposed', () => {
    const model = buildArticleCnn();
    const activationModel = createActivationModel(model);
    model.dispose();
    const message = 'model: expected a live model, got one that has been disposed';
    expect(() => activationModel.predict(tensor4d(image, [1, 28, 28, 1]))).toThrow(message);
    expect(() => createActivationModel(model)).toThrow(message);
  });

  it('returns tensors of its own even where a layer hands on its input', () => {
    const start = input({ shape: [4, 4, 1], name: 'start' });
    const model = functional({
      inputs: start,
      outputs: layers.dropout({ rate: 0.5, name: 'drop' }).apply(start) as never,
    });
    const tensor = ones<Rank.R4>([1, 4, 4, 1]);
    const [first, second] = createActivationModel(model, ['start', 'drop']).predict(tensor);
    first!.dispose();
    second!.dispose();
    expect((tensor as Tensor).isDisposed).toBe(false);
  });

  it('takes functional models: branches, normalisation, dropout off, several outputs', () => {
    const start = input({ shape: [28, 28, 1] });
    const left = layers.conv2d({ name: 'left', filters: 3, kernelSize: 3, padding: 'same' }).apply(start);
    const right = layers.depthwiseConv2d({ name: 'right', kernelSize: 3, padding: 'same' }).apply(start);
    const joined = layers.concatenate({ name: 'join' }).apply([left, right] as never);
    const normal = layers.batchNormalization({ name: 'norm' }).apply(joined);
    const dropped = layers.dropout({ name: 'drop', rate: 0.9 }).apply(normal);
    const head = layers.globalAveragePooling2d({ name: 'head' }).apply(dropped);
    const model = functional({ inputs: start, outputs: [head, joined] as never });
    const names = ['left', 'right', 'join', 'norm', 'drop', 'head'];
    const outputs = predict(model, names);
    for (const [index, name] of names.entries()) {
      const reference = expected(model, name, tensor4d(image, [1, 28, 28, 1])).dataSync();
      expect(
        outputs[index]!.dataSync().every((value, at) => value === reference[at]),
        name,
      ).toBe(true);
    }
  });

  it('runs a network of three thousand layers', () => {
    const start = input({ shape: [2, 2, 1] });
    let tensor = start as ReturnType<typeof input>;
    for (let index = 0; index < 3000; index++) {
      tensor = layers.activation({ name: `a${index}`, activation: 'linear' }).apply(tensor) as never;
    }
    const model = functional({ inputs: start, outputs: tensor });
    const [output] = createActivationModel(model, ['a2999']).predict(ones([1, 2, 2, 1]));
    expect([...output!.dataSync()]).toEqual([1, 1, 1, 1]);
  });

  it('lists the layers where none matches', () => {
    expect(() => createActivationModel(build(), 'pool3')).toThrow(
      'the model has "conv1" (Conv2D, [?, 26, 26, 16], 160 parameters), "max_pooling2d" (MaxPooling2D, [?, 13, 13, 16]), ' +
        '"conv2" (Conv2D, [?, 11, 11, 32], 4640 parameters), "max_pooling2d_1" (MaxPooling2D, [?, 5, 5, 32]), ' +
        '"flatten" (Flatten, [?, 800]), "dense" (Dense, [?, 10], 8010 parameters)',
    );
  });

  it.each([null, undefined, 7, 'model', {}, { layers: [] }, { predict() {} }])(
    'refuses %j as a model',
    (value) => {
      expect(() => createActivationModel(value as never)).toThrow(TypeError);
      expect(() => createActivationModel(value as never)).toThrow(
        /^model: expected a layers model of TensorFlow.js, got /,
      );
    },
  );

  it('refuses a model without input shape', () => {
    expect(() => createActivationModel(sequential())).toThrow(/^model: expected a model that is built/);
  });

  it('states the names and the shapes of several inputs', () => {
    const [one, two] = [input({ shape: [4, 4, 1], name: 'left' }), input({ shape: [5], name: 'right' })];
    const flat = layers.flatten().apply(one) as SymbolicTensor;
    const both = functional({
      inputs: [one, two],
      outputs: layers.concatenate({ name: 'both' }).apply([flat, two]) as SymbolicTensor,
    });
    expect(createActivationModel(both, 'both')).toMatchObject({
      inputNames: ['left', 'right'],
      inputShape: [null, 4, 4, 1],
      inputShapes: [
        [null, 4, 4, 1],
        [null, 5],
      ],
    });
  });

  it('returns a tensor a layer even where one hands on what the other put out', () => {
    const start = input({ shape: [4, 4, 1] });
    const conv = layers.conv2d({ name: 'conv', filters: 1, kernelSize: 1 }).apply(start);
    const model = functional({
      inputs: start,
      outputs: layers.dropout({ name: 'drop', rate: 0.5 }).apply(conv) as never,
    });
    const [first, second] = createActivationModel(model, ['conv', 'drop']).predict(ones([1, 4, 4, 1]));
    first!.dispose();
    expect(second!.dataSync()).toHaveLength(16);
  });

  it.each([{ preActivation: 'yes' }, null])('refuses the options %j', (options) => {
    const model = build();
    expect(() => createActivationModel(model, 'conv', options as never)).toThrow(
      /^(preActivation|options): expected/,
    );
  });

  it('is told from a model', () => {
    const model = build();
    expect(isActivationModel(createActivationModel(model))).toBe(true);
    expect(isActivationModel({ predict() {}, inputShape: [null, 28, 28, 1] })).toBe(false);
    for (const value of [model, null, undefined, {}, 'x']) expect(isActivationModel(value)).toBe(false);
  });
});
