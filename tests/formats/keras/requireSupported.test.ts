import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { call2, functional2, input2, layer2, sequential2, topology2 } from './keras2';
import { call, functional, input, layer, sequential, tensorOf, topology } from './keras3';

const convert = (modelTopology: object) => convertKerasModel({ modelTopology });

/** A model of one layer, as Keras 2 and as Keras 3 writes it. */
function of(className: string, config: object): object[] {
  return [
    topology2(sequential2('s', [input2('i', [null, 8, 8, 3]), layer2(className, 'odd', config)])),
    topology(sequential('s', [input('i', [null, 8, 8, 3]), layer(className, 'odd', config)])),
  ];
}

describe('an option that TensorFlow.js does not have or means otherwise', () => {
  const passes = 'which TensorFlow.js would pass over';
  const cannot = 'which TensorFlow.js cannot do';

  it.each<[className: string, option: string, value: unknown, message: string]>([
    ['Conv2DTranspose', 'groups', 2, passes],
    ['SeparableConv2D', 'groups', 2, passes],
    ['DepthwiseConv2D', 'groups', 2, passes],
    ['Conv2DTranspose', 'output_padding', [1, 1], passes],
    ['Conv2DTranspose', 'dilation_rate', [2, 2], passes],
    ['Conv3DTranspose', 'dilation_rate', [1, 1, 2], passes],
    ['Conv1D', 'data_format', 'channels_first', passes],
    ['MaxPooling1D', 'data_format', 'channels_first', passes],
    ['SeparableConv2D', 'data_format', 'channels_first', 'which TensorFlow.js computes otherwise'],
    ['LayerNormalization', 'rms_scaling', true, passes],
    ['BatchNormalization', 'renorm', true, passes],
    ['BatchNormalization', 'axis', [1, 2], cannot],
    ['LSTM', 'time_major', true, passes],
    ['SimpleRNN', 'zero_output_for_mask', true, passes],
    ['GRU', 'num_constants', 1, cannot],
    ['InputLayer', 'ragged', true, passes],
    ['InputLayer', 'sparse', true, passes],
    ['CategoryEncoding', 'sparse', true, passes],
    ['Rescaling', 'scale', { a: 1 }, cannot],
    ['Resizing', 'interpolation', 'bicubic', cannot],
    ['Resizing', 'pad_to_aspect_ratio', true, passes],
    ['Resizing', 'antialias', true, passes],
    ['MultiHeadAttention', 'output_shape', [2, 3], cannot],
    ['MultiHeadAttention', 'use_gate', true, passes],
    ['Attention', 'causal', true, passes],
    ['Conv1DTranspose', 'output_padding', 1, passes],
    ['Conv1DTranspose', 'dilation_rate', [2], passes],
  ])('is refused by name: %s with %s %j', (className, option, value, message) => {
    for (const model of of(className, { [option]: value })) {
      expect(() => convert(model)).toThrow(
        new RegExp(`^the layer "odd" is a ${className} with ${option} .*, ${message}.*; .`),
      );
    }
  });

  it.each<[className: string, config: object]>([
    ['Conv2D', { groups: 1 }],
    ['Conv2DTranspose', { output_padding: null, dilation_rate: [1, 1] }],
    ['Conv2DTranspose', { output_padding: [null, null], dilation_rate: 1 }],
    ['Conv1D', { padding: 'same', data_format: 'channels_last' }],
    ['SeparableConv2D', { data_format: 'channels_first', use_bias: false }],
    ['ReLU', { negative_slope: 0, threshold: 0 }],
    ['ELU', { alpha: 1 }],
    [
      'BatchNormalization',
      { renorm: false, axis: [3], fused: true, virtual_batch_size: null, synchronized: true },
    ],
    ['GRU', { reset_after: false, time_major: false, implementation: 2, unroll: false, use_cudnn: 'auto' }],
    ['UpSampling2D', { interpolation: 'nearest' }],
    ['Rescaling', { scale: [1, 2, 3], offset: 0 }],
    ['Dropout', { rate: 0.5, noise_shape: null, seed: 1 }],
  ])('is taken where it makes no difference: %s with %j', (className, config) => {
    for (const model of of(className, config)) expect(() => convert(model)).not.toThrow();
  });

  it('is refused in layers inside layers, and in models inside models', () => {
    const cell = layer2('LSTMCell', 'cell', { units: 1, activation: 'glu' });
    const stack = layer2('StackedRNNCells', 'stack', { cells: [cell] });
    const inside = sequential2('inside', [layer2('RNN', 'rnn', { cell: stack })]);
    expect(() => convert(topology2(sequential2('s', [inside])))).toThrow(
      'the layer "inside/rnn/stack/cell" has',
    );
    const deep = layer2('DepthwiseConv2D', 'deep', { groups: 2 });
    const frames = layer2('TimeDistributed', 'frames', { layer: deep });
    expect(() => convert(topology2(sequential2('s', [frames])))).toThrow(
      'the layer "frames/deep" is a Depthwise',
    );
    const old = { class_name: 'Sequential', config: [frames] };
    expect(() => convert(old)).toThrow('the layer "frames/deep" is a Depthwise');
    expect(() => convert(topology2(sequential2('s', [{ ...old, name: 'old' }])))).toThrow(
      '"old/frames/deep"',
    );
  });

  it('is what TensorFlow.js means by it where that has written it', () => {
    const deep = layer2('DepthwiseConv2D', 'deep', { kernel_size: [3, 3], dilation_rate: [2, 2] });
    const model = { ...sequential2('s', [deep]), keras_version: 'tfjs-layers 4.22.0' };
    expect(() => convert(model)).not.toThrow();
  });
});

describe('a layer that is something else than its name says', () => {
  it.each(['RandomCrop', 'AutoContrast', 'Equalization', 'KerasLambda'])('is refused: %s', (className) => {
    for (const model of of(className, { height: 4, width: 4 })) {
      expect(() => convert(model)).toThrow(
        `the layer "odd" is a ${className}, which TensorFlow.js does not have; leave it out`,
      );
    }
  });

  it.each(['Zeros', 'Adam', 'relu', 'Orthogonal'])(
    'is refused though TensorFlow.js knows the name: %s',
    (className) => {
      for (const model of of(className, {}))
        expect(() => convert(model)).toThrow('which TensorFlow.js does not have');
    },
  );

  it('is refused where it is a class of your own', () => {
    const flip = { ...layer('RandomFlip', 'flip'), registered_name: 'my>RandomFlip' };
    expect(() => convert(topology(sequential('s', [flip])))).toThrow('is a RandomFlip of your own');
    const own = { ...layer('LayerNormalization', 'own'), registered_name: 'my>LayerNormalization' };
    expect(() => convert(topology(sequential('s', [own])))).toThrow(
      'the layer "own" is a LayerNormalization of your own (my>LayerNormalization), for which TensorFlow.js would take',
    );
  });

  it.each([
    ['Multiply', [3, 4], true],
    ['Multiply', [3, 3], false],
    ['Reshape', [3], true],
    ['Softmax', [3], true],
    ['Average', [3], true],
    ['Prod', [3], true],
  ])('is refused where it is an operation: %s of shapes of lengths %j', (className, lengths, refused) => {
    const read = lengths.map((length) => {
      const { class_name: tensor, config } = tensorOf('i');
      return { class_name: tensor, config: { ...config, shape: Array(length).fill(null) } };
    });
    const ops = { ...layer(className, 'op'), module: 'keras.src.ops.numpy' };
    const model = functional('f', [input('i', [null, 1, 1]), call(ops, read)], ['i', 0, 0], ['op', 0, 0]);
    const attempt = expect(() => convert(topology(model)));
    if (refused) attempt.toThrow(`the layer "op" is the operation ${className} of keras.ops`);
    else attempt.not.toThrow();
  });

  it('is refused where a layer goes both ways, backward by another one', () => {
    const units = (name: string, count: number) =>
      layer('LSTM', name, { units: count, go_backwards: name !== 'one' });
    const both = layer('Bidirectional', 'both', {
      layer: units('one', 1),
      backward_layer: units('other', 1),
    });
    const message = 'the layer "both" has a backward layer that is not its forward layer turned round';
    expect(() => convert(topology(sequential('s', [both])))).toThrow(message);
    const same = { layer: units('one', 1), backward_layer: { ...units('one', 1) } };
    expect(() => convert(topology(sequential('s', [layer('Bidirectional', 'both', same)])))).toThrow(message);
  });
});

describe('a layer that is called in training', () => {
  const classes = ['BatchNormalization', 'Dropout', 'GaussianNoise', 'TimeDistributed', 'LSTM'];
  const of2 = (className: string, kwargs: object) => {
    const config = className === 'TimeDistributed' ? { layer: layer2('Dropout', 'd', { rate: 0.5 }) } : {};
    const called = call2(layer2(className, 'bn', config), 'i', kwargs);
    return topology2(functional2('f', [input2('i', [null, 8, 8]), called], 'i', 'bn'));
  };
  const of3 = (className: string, kwargs: object) => {
    const config = className === 'TimeDistributed' ? { layer: layer('Dropout', 'd', { rate: 0.5 }) } : {};
    const called = {
      ...layer(className, 'bn', config),
      name: 'bn',
      inbound_nodes: [{ args: [tensorOf('i')], kwargs }],
    };
    return topology(functional('f', [input('i', [null, 8, 8]), called], ['i', 0, 0], ['bn', 0, 0]));
  };

  it.each(classes)('is refused, and taken where it is not: %s', (className) => {
    for (const write of [of2, of3]) {
      expect(() => convert(write(className, { training: true }))).toThrow(
        'the layer "bn" is called with training=True, which TensorFlow.js would pass over: ',
      );
      for (const kwargs of [{}, { training: null }, { training: false }, { training: 0 }, { mask: null }]) {
        expect(() => convert(write(className, kwargs))).not.toThrow();
      }
    }
  });

  it('is refused where it is a model, and inside one, whoever has written that', () => {
    const called = {
      ...sequential2('block', [layer2('Dropout', 'd')]),
      inbound_nodes: [[['i', 0, 0, { training: true }]]],
    };
    const whole = functional2('f', [input2('i', [null, 4]), called], 'i', 'block');
    expect(() => convert(topology2(whole))).toThrow('the layer "block" is called with training=True');
    // A file that does not say who wrote it is one of Keras.
    expect(() => convert(whole)).toThrow('the layer "block" is called with training=True');
    const nested = { ...of2('BatchNormalization', { training: true }).model_config, name: 'in' };
    const outer = functional2(
      'g',
      [input2('j', [null, 8, 8]), { ...nested, inbound_nodes: [[['j', 0, 0, {}]]] }],
      'j',
      'in',
      1,
    );
    expect(() => convert(topology2(outer))).toThrow('the layer "in/bn" is called with training=True');
  });

  it('is not trained by what TensorFlow.js writes beside its own calls, and does not use', async () => {
    const called = call2(layer2('Dropout', 'd', { rate: 0.5 }), 'i', { training: true });
    const model = functional2('f', [input2('i', [null, 4]), called], 'i', 'd');
    const { modelTopology } = convert({ ...model, keras_version: 'tfjs-layers 4.22.0' });
    (await loadLayersModel(io.fromMemory({ modelTopology: modelTopology! }))).dispose();
  });

  it.each([
    [{ mask: ['i', 0, 0] }, 'is called with a tensor as its mask'],
    [{ value: [['i', 0, 0]] }, 'is called with a tensor as its value'],
    [
      { return_attention_scores: true },
      'is called with return_attention_scores true, which TensorFlow.js would pass over',
    ],
  ])('or by name with something else is refused: %j', (kwargs, message) => {
    expect(() => convert(of2('Dropout', kwargs))).toThrow(`the layer "bn" ${message}`);
  });

  it('and one that is called with a number is refused, in Keras 2 too', () => {
    const plus = {
      ...layer2('Add', 'plus'),
      inbound_nodes: [
        [
          ['i', 0, 0, {}],
          ['_CONSTANT_VALUE', -1, 1, {}],
        ],
      ],
    };
    expect(() => convert(topology2(functional2('f', [input2('i', [null, 4]), plus], 'i', 'plus')))).toThrow(
      'the layer "plus" is called with something else than tensors',
    );
  });
});
