import { input, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { listUses } from '../../../src/model/layers/listUses';
import { type LayerSelector, selectLayers } from '../../../src/model/selection/selectLayers';

function build() {
  return sequential({
    layers: [
      layers.conv2d({ name: 'block1_conv', inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }),
      layers.activation({ name: 'relu', activation: 'relu' }),
      layers.conv2d({ name: 'block2_conv', filters: 2, kernelSize: 3 }),
      layers.flatten({ name: 'flatten' }),
    ],
  });
}

const LIST =
  'the model has "block1_conv" (Conv2D, [?, 6, 6, 2], 20 parameters), "relu" (Activation, [?, 6, 6, 2]), ' +
  '"block2_conv" (Conv2D, [?, 4, 4, 2], 38 parameters), "flatten" (Flatten, [?, 32])';

describe('selectLayers', () => {
  beforeAll(() => useWasmBackend());

  it.each<[LayerSelector, string[]]>([
    ['conv', ['block1_conv', 'block2_conv']],
    ['relu', ['relu']],
    ['', ['block1_conv', 'relu', 'block2_conv', 'flatten']],
    [/^block\d/, ['block1_conv', 'block2_conv']],
    [/conv/g, ['block1_conv', 'block2_conv']],
    [/CONV$/i, ['block1_conv', 'block2_conv']],
    [
      ['flatten', 'block1_conv'],
      ['flatten', 'block1_conv'],
    ],
    [(layer) => layer.getClassName() === 'Conv2D', ['block1_conv', 'block2_conv']],
    [(layer) => layer.name !== 'relu', ['block1_conv', 'block2_conv', 'flatten']],
  ])('%s selects %j', (selector, names) => {
    expect(selectLayers(listUses(build()).uses, selector).map(({ path }) => path)).toEqual(names);
  });

  it.each<[LayerSelector, string]>([
    ['pool', `layers: expected to match a layer, got a name containing "pool"; ${LIST}`],
    [/pool/, `layers: expected to match a layer, got /pool/; ${LIST}`],
    [() => false, `layers: expected to match a layer, got a function that chose none; ${LIST}`],
    [[], `layers: expected at least one name, got none; ${LIST}`],
    [['relu', 'pool'], `layers[1]: expected the name of a layer, got "pool"; ${LIST}`],
    [['conv'], `layers[0]: expected the name of a layer, got "conv"; ${LIST}`],
    [['relu', 'relu'], 'layers[1]: expected every name once, got "relu" again'],
  ])('refuses %s', (selector, message) => {
    expect(() => selectLayers(listUses(build()).uses, selector)).toThrow(RangeError);
    expect(() => selectLayers(listUses(build()).uses, selector)).toThrow(message);
  });

  it.each<[string, LayerSelector]>([
    ['part of one', 'x'.repeat(1e4)],
    ['control characters', '\u0001'.repeat(1e4)],
    ['an expression', new RegExp('x'.repeat(1e4))],
    ['a list', ['x'.repeat(1e4)]],
    ['an empty list', []],
  ])('says so in few words where the names are long as well: %s', (_, selector) => {
    const long = sequential({
      layers: Array.from({ length: 12 }, (_, at) =>
        layers.reLU({ name: `${'n'.repeat(1e4)}${at}`, ...(at === 0 && { inputShape: [2] }) }),
      ),
    });
    const select = () => selectLayers(listUses(long).uses, selector);
    expect(select).toThrow(
      /^layers(\[0])?: expected .*; the model has "n{30}…n+\d+" \(ReLU, \[\?, 2]\).* and \d+ more$/,
    );
    expect(select).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/^.{401}/) }));
  });

  it.each<[unknown, string]>([
    [7, 'layers: expected part of a name, a regular expression, an array of names or a function, got 7'],
    [
      null,
      'layers: expected part of a name, a regular expression, an array of names or a function, got null',
    ],
    [[1], "layers[0]: expected a layer's name, got 1"],
    [['relu', Symbol('relu')], "layers[1]: expected a layer's name, got a symbol"],
    [new Array(5), "layers[0]: expected a layer's name, got undefined"],
    [
      Symbol('conv'),
      'layers: expected part of a name, a regular expression, an array of names or a function, got a symbol',
    ],
  ])('refuses what is no selector (%#)', (selector, message) => {
    expect(() => selectLayers(listUses(build()).uses, selector as never)).toThrow(TypeError);
    expect(() => selectLayers(listUses(build()).uses, selector as never)).toThrow(message);
  });
});

/** A network of layers called so, one after the other: convolutions, and what stands beside them. */
function buildNamed(names: readonly string[]) {
  const kinds: [RegExp, (name: string) => layers.Layer][] = [
    [/bn/i, (name) => layers.batchNormalization({ name })],
    [/relu|act/i, (name) => layers.reLU({ name })],
    [/pad/i, (name) => layers.zeroPadding2d({ name })],
    [/pool/i, (name) => layers.globalAveragePooling2d({ name })],
    [/depthwise/i, (name) => layers.depthwiseConv2d({ name, kernelSize: 1 })],
    [/conv/i, (name) => layers.conv2d({ name, filters: 2, kernelSize: 1 })],
  ];
  const [first, ...rest] = names;
  const start = input({ name: first!, shape: [4, 4, 2] });
  const end = rest.reduce((value, name) => {
    const [, make] = kinds.find(([expression]) => expression.test(name))!;
    return make(name).apply(value) as SymbolicTensor;
  }, start);
  return model({ inputs: start, outputs: end });
}

const select = (names: readonly string[], selector?: LayerSelector) =>
  selectLayers(listUses(buildNamed(names)).uses, selector).map(({ path }) => path);

const MOBILENET_V2 = [
  'input_1',
  'Conv1',
  'bn_Conv1',
  'Conv1_relu',
  'expanded_conv_depthwise',
  'expanded_conv_depthwise_BN',
  'expanded_conv_depthwise_relu',
];
const RESNET = ['input_1', 'conv1_pad', 'conv1_conv', 'conv1_bn', 'conv1_relu', 'pool1_pool'];

describe('selectLayers without a selector', () => {
  it.each<[string, string[], string[]]>([
    ['MobileNetV2', MOBILENET_V2, ['Conv1', 'expanded_conv_depthwise']],
    ['ResNet', RESNET, ['conv1_conv']],
    [
      'Keras by itself',
      ['conv2d_input', 'conv2d', 'conv2d_1', 'bn', 'conv2d_2'],
      ['conv2d', 'conv2d_1', 'conv2d_2'],
    ],
    ['VGG', ['input_1', 'block1_conv1', 'block1_conv2', 'block1_pool'], ['block1_conv1', 'block1_conv2']],
    ['names that say nothing', ['a', 'Conv', 'b_bn', 'c_relu'], ['Conv']],
  ])('chooses the convolutions of %s', (_, names, expected) => {
    expect(select(names)).toEqual(expected);
  });

  it('chooses those of models inside too, and shows once what a layer runs', () => {
    const inner = sequential({
      name: 'inner',
      layers: [
        layers.conv1d({ name: 'first', inputShape: [5, 2], filters: 3, kernelSize: 2 }),
        layers.reLU({ name: 'second' }),
      ],
    });
    const network = sequential({
      layers: [
        layers.timeDistributed({
          name: 'outer',
          inputShape: [2, 5, 2],
          layer: layers.conv1d({ name: 'within', filters: 2, kernelSize: 1 }),
        }),
        layers.timeDistributed({ name: 'td', layer: inner }),
      ],
    });
    expect(selectLayers(listUses(network).uses, undefined).map(({ path }) => path)).toEqual([
      'outer',
      'td/inner/first',
    ]);
  });

  it('says what there is where there is none', () => {
    const names = ['in', ...Array.from({ length: 20 }, (_, index) => `bn${index}`)];
    const listed = names
      .slice(1, 5)
      .map((name) => `"${name}" (BatchNormalization, [?, 4, 4, 2], 8 parameters)`);
    expect(() => select(names)).toThrow(
      new RangeError(
        'layers: expected a choice, since the model has no convolution, got none; ' +
          `the model has "in" (InputLayer, [?, 4, 4, 2]), ${listed.join(', ')} and 16 more`,
      ),
    );
  });
});

describe('a selector that says "conv"', () => {
  it.each<[string, string[], string[]]>([
    // The article's way: part of a name, as it is written.
    ['conv', RESNET, ['conv1_pad', 'conv1_conv', 'conv1_bn', 'conv1_relu']],
    ['Conv1', MOBILENET_V2, ['Conv1', 'bn_Conv1', 'Conv1_relu']],
    // Asked for on purpose.
    ['conv1_relu', RESNET, ['conv1_relu']],
    ['bn_Conv', MOBILENET_V2, ['bn_Conv1']],
    ['conv2d_input', ['conv2d_input', 'Conv'], ['conv2d_input']],
    // No convolution that it could have meant, or the very name.
    ['conv', ['in', 'conv_bn', 'conv_relu'], ['conv_bn', 'conv_relu']],
    ['conv', ['conv', 'Conv1', 'conv_relu'], ['conv', 'conv_relu']],
    ['conv', ['in', 'Conv1', 'x_conv_pool'], ['x_conv_pool']],
  ])('%s of %j', (selector, names, expected) => {
    expect(select(names, selector)).toEqual(expected);
  });

  it.each(['conv', 'conv1', 'conv1_'])(
    'refuses %j where it matches only what is called after one',
    (selector) => {
      const names = ['in', 'Conv1', 'conv1_bn', 'conv1_relu', 'Conv2'];
      expect(() => select(names, selector)).toThrow(
        new RangeError(
          `layers: expected to match a convolution, got "${selector}", which matches only "conv1_bn" (BatchNormalization), ` +
            '"conv1_relu" (ReLU); the convolutions are "Conv1", "Conv2"; leave `layers` out for all of them',
        ),
      );
    },
  );
});

describe('a path that two layers have', () => {
  it('is refused, and a function tells them apart', () => {
    const start = input({ name: 'start', shape: [2] });
    const inner = sequential({ name: 'a', layers: [layers.dense({ name: 'b', units: 3, inputShape: [2] })] });
    const outer = layers.dense({ name: 'a/b', units: 4 });
    const { uses } = listUses(
      model({ inputs: start, outputs: outer.apply(inner.apply(start)) as SymbolicTensor }),
    );
    expect(() => selectLayers(uses, ['start', 'a/b'])).toThrow(
      new RangeError(
        'layers[1]: expected the path of one layer, got "a/b", which is that of "b" (Dense, [?, 3], 9 parameters) and ' +
          '"a/b" (Dense, [?, 4], 16 parameters); a function tells them apart: (layer) => layer.name === "b"',
      ),
    );
    expect(selectLayers(uses, ({ name }) => name === 'b').map(({ shape }) => shape)).toEqual([[null, 3]]);
    expect(selectLayers(uses, ({ name }) => name === 'a/b').map(({ shape }) => shape)).toEqual([[null, 4]]);
  });
});

describe('the names in an error', () => {
  it('are a few of many, the nearest first', () => {
    const names = ['in', ...Array.from({ length: 30 }, (_, index) => `conv${index}_block_bn`), 'Conv1'];
    const attempt = () => select(names, ['conv1']);
    expect(attempt).toThrow(
      /^layers\[0\]: expected the name of a layer, got "conv1"; the model has "Conv1" \(Conv2D/,
    );
    expect(attempt).toThrow(/ and 28 more$/);
  });
});
