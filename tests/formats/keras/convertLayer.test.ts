import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { listLayers } from '../../../src/model/listLayers';
import { loadModel } from '../../../src/node/loadModel';
import { saveModel } from '../../../src/node/saveModel';
import { useFolder } from '../../node/modelFolder';
import { call2, functional2, input2, layer2, sequential2, topology2 } from './keras2';
import { call, functional, input, layer, sequential, tensorOf, thing, topology } from './keras3';
import { loadConverted, predict, type Weights } from './loadConverted';

const folder = useFolder();

beforeAll(async () => {
  await useWasmBackend();
});

/** A model of one layer, as Keras 2 and as Keras 3 writes it. */
function of(className: string, shape: readonly number[], config: object) {
  const open = [null, ...shape];
  return {
    2: topology2(sequential2('s', [input2('i', open), layer2(className, 'l', config)])),
    3: topology(sequential('s', [input('i', open), layer(className, 'l', config)])),
  };
}

/** What it puts out for a batch of one; nothing stays. */
async function run(
  model: object,
  shape: readonly number[],
  values: readonly number[],
  weights: Weights = {},
): Promise<number[]> {
  const before = memory().numTensors;
  const loaded = await loadConverted(model, weights);
  const output = predict(loaded, [1, ...shape], values);
  loaded.dispose();
  expect(memory().numTensors).toBe(before);
  return output.map((value) => Math.round(value * 1e4) / 1e4);
}

const range = (length: number) => Array.from({ length }, (_, at) => at);

describe('a layer of Keras is computed as Keras does it', () => {
  it.each([2, 3] as const)('BatchNormalization with its axis in a list: Keras %i', async (version) => {
    const model = of('BatchNormalization', [1, 1, 2], { axis: [-1], epsilon: 0 })[version];
    const weights: Weights = {
      'l/gamma': [[2], [1, 2]],
      'l/beta': [[2], [10, 20]],
      'l/moving_mean': [[2], [1, 2]],
      'l/moving_variance': [[2], [4, 16]],
    };
    // (x - mean) / sqrt(variance) * gamma + beta
    expect(await run(model, [1, 1, 2], [5, 10], weights)).toEqual([12, 24]);
  });

  it('Softmax without an axis: over the last', async () => {
    const model = of('Softmax', [1, 2, 2], {});
    const ln3 = Math.log(3);
    expect(await run(model[2], [1, 2, 2], [0, ln3, ln3, 0])).toEqual([0.25, 0.75, 0.75, 0.25]);
    expect(await run(model[3], [1, 2, 2], [0, ln3, ln3, 0])).toEqual([0.25, 0.75, 0.75, 0.25]);
  });

  it('LeakyReLU with a slope, an alpha, or an alpha out of NumPy', async () => {
    expect(await run(of('LeakyReLU', [2], { negative_slope: 0.5 })[3], [2], [-2, 3])).toEqual([-1, 3]);
    expect(await run(of('LeakyReLU', [2], { alpha: 0.25 })[2], [2], [-2, 3])).toEqual([-0.5, 3]);
    const ndarray = { alpha: { type: 'ndarray', value: 0.125 } };
    expect(await run(of('LeakyReLU', [2], ndarray)[2], [2], [-2, 3])).toEqual([-0.25, 3]);
    expect(await run(of('LeakyReLU', [2], {})[3], [2], [-2, 3])).toEqual([-0.6, 3]);
  });

  it('ReLU with a largest value, and with slopes of 0', async () => {
    const settings = { max_value: 6, negative_slope: { type: 'ndarray', value: 0 }, threshold: 0 };
    expect(await run(of('ReLU', [3], settings)[2], [3], [-2, 3, 7])).toEqual([0, 3, 6]);
  });

  it('Rescaling with a number a channel', async () => {
    const numpy = (value: number[]) => ({ class_name: '__numpy__', config: { value, dtype: 'float32' } });
    const model = of('Rescaling', [1, 1, 2], { scale: numpy([2, 3]), offset: numpy([10, 20]) });
    expect(await run(model[3], [1, 1, 2], [1, 1])).toEqual([12, 23]);
    expect(await run(of('Rescaling', [2], { scale: 0.5, offset: -1 })[2], [2], [2, 8])).toEqual([0, 3]);
  });

  it('SeparableConv2D of Keras 2, which has the settings of any convolution too', async () => {
    const glorot = { class_name: 'GlorotUniform', config: { seed: null } };
    const settings = {
      filters: 1,
      kernel_size: [1, 1],
      strides: [1, 1],
      padding: 'valid',
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      groups: 1,
      depth_multiplier: 1,
      use_bias: true,
      activation: 'linear',
      kernel_initializer: glorot,
      kernel_regularizer: null,
      kernel_constraint: null,
      depthwise_initializer: glorot,
      pointwise_initializer: glorot,
    };
    const weights: Weights = {
      'l/depthwise_kernel': [
        [1, 1, 2, 1],
        [2, 3],
      ],
      'l/pointwise_kernel': [
        [1, 1, 2, 1],
        [1, 10],
      ],
      'l/bias': [[1], [100]],
    };
    expect(await run(of('SeparableConv2D', [1, 1, 2], settings)[2], [1, 1, 2], [1, 1], weights)).toEqual([
      132,
    ]);
  });

  it('Identity', async () => {
    expect(await run(of('Identity', [2], {})[2], [2], [-1, 2])).toEqual([-1, 2]);
    expect(await run(of('Identity', [2], {})[3], [2], [-1, 2])).toEqual([-1, 2]);
  });

  it('CenterCrop, where one column is left over too', async () => {
    const crop = (shape: number[], size: object) =>
      run(of('CenterCrop', shape, size)[3], shape, range(shape[0]! * shape[1]!));
    const channels = { data_format: 'channels_last' };
    expect(await crop([4, 4, 1], { height: 2, width: 2, ...channels })).toEqual([5, 6, 9, 10]);
    expect(await crop([3, 3, 1], { height: 2, width: 2, ...channels })).toEqual([0, 1, 3, 4]);
    expect(await crop([2, 3, 1], { height: 2, width: 2, ...channels })).toEqual([0, 1, 3, 4]);
    expect(await crop([1, 6, 1], { height: 1, width: 3, ...channels })).toEqual([1, 2, 3]);
    await expect(crop([2, 1, 1], { height: 2, width: 2, ...channels })).rejects.toThrow(
      'the layer "l" is a CenterCrop to 2 × 2 of images of 2 × 1, which would enlarge them',
    );
  });

  it('CenterCrop, after it was saved too', async () => {
    const model = await loadConverted(of('CenterCrop', [1, 3, 1], { height: 1, width: 2 })[2]);
    await saveModel(model, folder.path);
    const loaded = await loadModel(folder.path);
    expect(predict(loaded, [1, 1, 3, 1], [5, 6, 7])).toEqual([5, 6]);
    expect(listLayers(loaded).at(-1)).toMatchObject({ path: 'l', className: 'CenterCrop' });
    for (const each of [model, loaded]) each.dispose();
  });

  it('a + b of Keras 3, which it writes as an operation', async () => {
    const ops = { ...layer('Add', 'plus'), module: 'keras.src.ops.numpy', registered_name: 'Add' };
    const model = functional(
      'f',
      [input('i', [null, 2]), call(ops, [tensorOf('i'), tensorOf('i')])],
      ['i', 0, 0],
      ['plus', 0, 0],
    );
    expect(await run(topology(model), [2], [1, 2])).toEqual([2, 4]);
  });

  it('sequential models in the oldest form, inside others too', async () => {
    const dense = layer2('Dense', 'd', { units: 1, use_bias: false, batch_input_shape: [null, 2] });
    const inside = { class_name: 'Sequential', name: 'inside', config: [dense] };
    const weights: Weights = {
      'd/kernel': [
        [2, 1],
        [1, 10],
      ],
    };
    expect(await run({ class_name: 'Sequential', config: [dense] }, [2], [1, 2], weights)).toEqual([21]);
    const used = { ...inside, inbound_nodes: [[['i', 0, 0, {}]]] };
    const whole = functional2('f', [input2('i', [null, 2]), used], 'i', 'inside', 1);
    expect(await run(topology2(whole, '2.1.6'), [2], [1, 2], weights)).toEqual([21]);
  });

  it('whole numbers as an input, of whatever type', async () => {
    const pixels = {
      ...input2('i', [null, 2]),
      config: { batch_input_shape: [null, 2], dtype: 'uint8', name: 'i' },
    };
    const model = topology2(
      functional2('f', [pixels, call2(layer2('Rescaling', 'r', { scale: 0.5 }), 'i')], 'i', 'r'),
    );
    expect(await run(model, [2], [3, 255])).toEqual([1.5, 127.5]);
  });
});

describe('a recurrent layer of Keras', () => {
  const simple = { units: 1, activation: 'linear', return_sequences: true, use_bias: false };
  const orthogonal = { class_name: 'Orthogonal', config: { gain: 1, seed: null } };

  it.each([
    ['Orthogonal', { class_name: 'Orthogonal', config: { gain: 1, seed: null } }],
    ['OrthogonalInitializer', thing('initializers', 'OrthogonalInitializer', { gain: 1 })],
    ['a class that TensorFlow.js does not have', thing('initializers', 'STFT')],
    ['a name', 'orthogonal'],
  ])('loads inside a model, whatever its weights began as: %s', async (_, initializer) => {
    const rnn = layer2('SimpleRNN', 'rnn', { ...simple, recurrent_initializer: initializer });
    const inside = functional2('inside', [input2('j', [null, 3, 1]), call2(rnn, 'j')], 'j', 'rnn');
    const used = { ...inside, inbound_nodes: [[['i', 0, 0, {}]]] };
    const whole = topology2(functional2('f', [input2('i', [null, 3, 1]), used], 'i', 'inside', 1));
    const weights: Weights = { 'rnn/kernel': [[1, 1], [1]], 'rnn/recurrent_kernel': [[1, 1], [0.5]] };
    expect(await run(whole, [3, 1], [1, 2, 3], weights)).toEqual([1, 2.5, 4.25]);
  });

  it('of Keras 3 goes both ways, whose layers say in their names which is which', async () => {
    const both = {
      merge_mode: 'concat',
      layer: layer('SimpleRNN', 'forward_rnn', {
        ...simple,
        go_backwards: false,
        kernel_initializer: orthogonal,
      }),
      backward_layer: layer('SimpleRNN', 'backward_rnn', { ...simple, go_backwards: true }),
    };
    const weights: Weights = {
      's/both/forward_rnn/simple_rnn_cell/kernel': [[1, 1], [1]],
      's/both/forward_rnn/simple_rnn_cell/recurrent_kernel': [[1, 1], [0.5]],
      's/both/backward_rnn/simple_rnn_cell/kernel': [[1, 1], [10]],
      's/both/backward_rnn/simple_rnn_cell/recurrent_kernel': [[1, 1], [0]],
    };
    const model = topology(sequential('s', [input('i', [null, 3, 1]), layer('Bidirectional', 'both', both)]));
    expect(await run(model, [3, 1], [1, 2, 3], weights)).toEqual([1, 10, 2.5, 20, 4.25, 30]);
  });

  it('leaves out steps that are masked, behind layers that hand the mask on', async () => {
    const layers = [
      input2('i', [null, 3, 1]),
      layer2('Masking', 'mask', { mask_value: 9 }),
      layer2('Dropout', 'drop', { rate: 0.5 }),
      layer2('SimpleRNN', 'rnn', { ...simple, return_sequences: false }),
    ];
    const weights: Weights = { 'rnn/kernel': [[1, 1], [1]], 'rnn/recurrent_kernel': [[1, 1], [0.5]] };
    expect(await run(topology2(sequential2('s', layers)), [3, 1], [1, 9, 3], weights)).toEqual([3.5]);
  });
});

describe('what only matters in training', () => {
  it('is none where Keras has none: L1 and L2', async () => {
    const dense = (regularizer: object) =>
      layer('Dense', 'd', { units: 1, use_bias: false, kernel_regularizer: regularizer });
    const l2Of = async (regularizer: object) => {
      const model = topology(sequential('s', [input('i', [null, 1]), dense(regularizer)]));
      const loaded = await loadConverted(model, { 'd/kernel': [[1, 1], [2]] });
      const config = loaded.layers[1]!.getConfig().kernelRegularizer as { config?: object } | null;
      loaded.dispose();
      return config?.config;
    };
    expect(await l2Of(thing('regularizers', 'L2', { l2: 0.25 }))).toEqual({ l1: 0, l2: 0.25 });
    expect(await l2Of(thing('regularizers', 'L1', { l1: 0.5 }))).toEqual({ l1: 0.5, l2: 0 });
    expect(await l2Of(thing('regularizers', 'OrthogonalRegularizer', { factor: 1 }))).toBeUndefined();
  });
});
