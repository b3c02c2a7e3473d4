import '@tensorflow/tfjs-backend-cpu';
import { io, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import {
  model as functionalModel,
  input as inputOf,
  type LayersModel,
  layers,
  loadLayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { listLayers } from '../../../src/model/listLayers';
import { randomSource, relativeError } from '../../training/random';
import { call, functional, input, layer, sequential, tensorOf, thing, topology } from './keras3';

beforeAll(() => setBackend('cpu'));

interface Weight {
  readonly name: string;
  readonly shape: number[];
  readonly values: Float32Array;
}

function artifactsOf(model: object, weights: readonly Weight[]): io.ModelArtifacts {
  return {
    modelTopology: topology(model),
    weightSpecs: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' as const })),
    weightData: Float32Array.from(weights.flatMap(({ values }) => [...values])).buffer,
  };
}

function load(artifacts: io.ModelArtifacts): Promise<LayersModel> {
  return loadLayersModel(io.fromMemory(convertKerasModel(artifacts)));
}

function run(model: LayersModel, shapes: readonly number[][]): Float32Array {
  const inputs = shapes.map((shape, index) =>
    tensor(randomSource(index).floats(shape.reduce((product, size) => product * size, 1)), shape),
  );
  const output = model.predict(inputs) as Tensor;
  const values = output.dataSync() as Float32Array;
  for (const each of [output, ...inputs]) each.dispose();
  return values;
}

/** The weights of a model of TensorFlow.js, as a converter has them from Keras 3. */
function weightsOf(model: LayersModel, rename: (name: string, index: number) => string): Weight[] {
  return model.layers.flatMap((each) =>
    each.weights.map((weight, index) => ({
      name: rename(weight.originalName, index),
      shape: weight.shape as number[],
      values: weight.read().dataSync() as Float32Array,
    })),
  );
}

const GLOROT = thing('initializers', 'GlorotUniform', { seed: null });
const CONV = {
  filters: 3,
  kernel_size: [3, 3],
  strides: [1, 1],
  padding: 'same',
  data_format: 'channels_last',
  dilation_rate: [1, 1],
  groups: 1,
  activation: 'relu',
  use_bias: true,
  kernel_initializer: GLOROT,
  bias_initializer: thing('initializers', 'Zeros'),
  kernel_regularizer: thing('regularizers', 'L2', { l2: 0.01 }),
};
const { filters: _, ...DEEP } = CONV;
const NORM = { axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true, synchronized: false };
const random = { kernelInitializer: 'glorotUniform', biasInitializer: 'randomUniform' } as const;

describe('a functional model of Keras 3', () => {
  /** Two inputs, a branch, a shared layer, a model inside, and every kind of weights. */
  const backbone = functional(
    'backbone',
    [
      input('inner', [null, 8, 8, 3]),
      call(
        layer('DepthwiseConv2D', 'deep', {
          ...DEEP,
          depth_multiplier: 1,
          depthwise_initializer: GLOROT,
        }),
        [tensorOf('inner')],
      ),
      call(layer('LeakyReLU', 'leaky', { negative_slope: 0.1 }), [tensorOf('deep')]),
    ],
    ['inner', 0, 0],
    ['leaky', 0, 0],
  );
  const model = functional(
    'functional_1',
    [
      input('image', [null, 8, 8, 3]),
      input('facts', [null, 4]),
      call(layer('Conv2D', 'conv', CONV), [tensorOf('image')], [tensorOf('norm')]),
      call(layer('BatchNormalization', 'norm', NORM), [tensorOf('conv')]),
      {
        ...backbone,
        name: 'backbone',
        inbound_nodes: [{ args: [tensorOf('conv', 1)], kwargs: { training: false } }],
      },
      call(layer('Add', 'add'), [[tensorOf('backbone'), tensorOf('norm')]]),
      call(layer('GlobalAveragePooling2D', 'pool', { data_format: 'channels_last', keepdims: false }), [
        tensorOf('add'),
      ]),
      call(layer('Concatenate', 'both', { axis: -1 }), [[tensorOf('pool'), tensorOf('facts')]]),
      call(
        layer('Dense', 'top', {
          units: 2,
          activation: {
            module: 'builtins',
            class_name: 'function',
            config: 'silu',
            registered_name: 'function',
          },
          use_bias: true,
          kernel_initializer: GLOROT,
        }),
        [tensorOf('both')],
      ),
    ],
    [
      ['image', 0, 0],
      ['facts', 0, 0],
    ],
    ['top', 0, 0],
  );

  function build(): LayersModel {
    const [image, facts] = [
      inputOf({ name: 'image', shape: [8, 8, 3] }),
      inputOf({ name: 'facts', shape: [4] }),
    ];
    const conv = layers.conv2d({
      name: 'conv',
      filters: 3,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      ...random,
    });
    const inner = inputOf({ shape: [8, 8, 3] });
    const deep = layers.depthwiseConv2d({
      name: 'deep',
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      biasInitializer: 'randomUniform',
    });
    const inside = functionalModel({
      inputs: inner,
      outputs: layers.leakyReLU({ alpha: 0.1 }).apply(deep.apply(inner)) as SymbolicTensor,
      name: 'backbone',
    });
    const norm = layers.batchNormalization({
      name: 'norm',
      betaInitializer: 'randomUniform',
      movingMeanInitializer: 'randomUniform',
      movingVarianceInitializer: 'ones',
    });
    const normed = norm.apply(conv.apply(image)) as SymbolicTensor;
    const added = layers
      .add()
      .apply([inside.apply(conv.apply(normed)) as SymbolicTensor, normed]) as SymbolicTensor;
    const pooled = layers.globalAveragePooling2d({}).apply(added) as SymbolicTensor;
    const both = layers.concatenate().apply([pooled, facts]) as SymbolicTensor;
    const top = layers
      .dense({ name: 'top', units: 2, activation: 'swish', ...random })
      .apply(both) as SymbolicTensor;
    return functionalModel({ inputs: [image, facts], outputs: top });
  }

  it.each<[string, (name: string, index: number) => string]>([
    ['by their paths', (name) => `functional_1/${name.replace('depthwise_kernel', 'kernel')}`],
    ['by their layers, as Keras 2 has them', (name) => name],
    ['by numbers, as in the file of Keras', (name, index) => `layers/${name.split('/')[0]}/vars/${index}`],
  ])('puts out what the same model of TensorFlow.js does, its weights called %s', async (_, rename) => {
    const expected = build();
    const loaded = await load(artifactsOf(model, weightsOf(expected, rename)));
    const shapes = [
      [2, 8, 8, 3],
      [2, 4],
    ];
    expect(relativeError(run(loaded, shapes), run(expected, shapes))).toBeLessThan(1e-6);
    const paths = listLayers(loaded).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['conv', 'conv:1', 'backbone/deep', 'backbone/leaky', 'top']),
    );
    expect(paths).toHaveLength(13);
    loaded.dispose();
    expected.dispose();
  });

  it.each([
    ['functional', 1],
    ['sequential', 0],
  ])('may end with a %s model', async (kind, use) => {
    const dense = layer('Dense', 'd', { units: 1, use_bias: false });
    const inside =
      kind === 'sequential'
        ? sequential('inside', [input('in', [null, 3]), dense])
        : functional(
            'inside',
            [input('in', [null, 3]), call(dense, [tensorOf('in')])],
            ['in', 0, 0],
            ['d', 0, 0],
          );
    const whole = functional(
      'f',
      [
        input('i', [null, 3]),
        { ...inside, name: 'inside', inbound_nodes: [{ args: [tensorOf('i')], kwargs: {} }] },
      ],
      ['i', 0, 0],
      // Keras counts the link between the inputs and the outputs of functional models, here but not in calls.
      ['inside', use, 0],
    );
    const loaded = await load(
      artifactsOf(whole, [{ name: 'f/inside/d/kernel', shape: [3, 1], values: Float32Array.of(1, 2, 3) }]),
    );
    const given = tensor([1, 10, 100], [1, 3]);
    expect([...((loaded.predict(given) as Tensor).dataSync() as Float32Array)]).toEqual([321]);
    loaded.dispose();
  });

  it('is not changed itself', () => {
    const artifacts = artifactsOf(model, []);
    const text = JSON.stringify(artifacts.modelTopology);
    convertKerasModel(artifacts);
    expect(JSON.stringify(artifacts.modelTopology)).toBe(text);
  });
});

describe('a sequential model of Keras 3', () => {
  const half = {
    module: 'keras',
    class_name: 'DTypePolicy',
    config: { name: 'mixed_float16' },
    registered_name: null,
  };

  it('loads, with layers inside layers, and computes in single precision whatever it was made for', async () => {
    const model = sequential('sequential', [
      input('input_layer', [null, 5, 4, 4, 1]),
      layer('TimeDistributed', 'frames', {
        layer: layer('Conv2D', 'conv', { ...CONV, dtype: half, filters: 2 }),
        dtype: half,
      }),
      layer('TimeDistributed', 'flat', {
        layer: layer('Flatten', 'flatten', { data_format: 'channels_last' }),
      }),
    ]);
    const kernel = randomSource(1).floats(18);
    const loaded = await load(
      artifactsOf(model, [
        { name: 'sequential/frames/kernel', shape: [3, 3, 1, 2], values: kernel },
        { name: 'sequential/frames/bias', shape: [2], values: Float32Array.of(0.5, -0.5) },
      ]),
    );
    expect(loaded.outputs[0]!.shape).toEqual([null, 5, 32]);
    expect(loaded.weights.map(({ dtype }) => dtype)).toEqual(['float32', 'float32']);
    expect([...(loaded.weights[0]!.read().dataSync() as Float32Array)]).toEqual([...kernel]);
    loaded.dispose();
  });
});

describe('a model of Keras 2 or TensorFlow.js', () => {
  it('stays as it is', () => {
    const config = {
      name: 'm',
      layers: [
        {
          class_name: 'InputLayer',
          name: 'in',
          config: { batch_input_shape: [null, 4], dtype: 'float32', name: 'in' },
          inbound_nodes: [],
        },
        {
          class_name: 'Dense',
          name: 'd',
          config: { name: 'd', units: 1, activation: 'relu' },
          inbound_nodes: [[['in', 0, 0, {}]]],
        },
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['d', 0, 0]],
    };
    const artifacts = { modelTopology: { class_name: 'Functional', config } };
    expect(convertKerasModel(artifacts).modelTopology).toEqual({ class_name: 'Functional', config });
    const old = { modelTopology: { class_name: 'Sequential', config: [config.layers[1]] } };
    expect(convertKerasModel(old)).toBe(old);
  });
});

describe('what TensorFlow.js cannot do', () => {
  const withLayer = (className: string, config: object = {}) =>
    artifactsOf(sequential('s', [input('i', [null, 8, 8, 3]), layer(className, 'odd', config)]), []);

  it.each<[string, io.ModelArtifacts, string]>([
    [
      'a layer that it does not have',
      withLayer('SpectralNormalization'),
      'the layer "odd" is a SpectralNormalization, which TensorFlow.js does not have; leave it out before converting, write it with other layers, register',
    ],
    [
      'an activation function',
      withLayer('Dense', { units: 1, activation: 'glu' }),
      'the layer "odd" has the activation function "glu", which TensorFlow.js does not have',
    ],
    [
      'a layer as an activation function',
      withLayer('Dense', { units: 1, activation: thing('layers', 'ELU', {}) }),
      'the layer "odd" has a ELU as its activation function; put that behind it as a layer',
    ],
    [
      'quantization',
      withLayer('Dense', {
        units: 1,
        dtype: thing('', 'QuantizedDTypePolicy', { mode: 'int8', source_name: 'float32' }),
      }),
      'the layer "odd" is quantized (int8); convert the model as it was before quantization',
    ],
    [
      'a layer that is not there',
      artifactsOf(
        functional(
          'f',
          [input('i', [null, 4]), call(layer('Flatten', 'flat'), [tensorOf('lost')])],
          ['i', 0, 0],
          ['flat', 0, 0],
        ),
        [],
      ),
      'the layer "flat" reads "lost", which is no layer of its model; convert the model again',
    ],
    [
      'a number in a call',
      artifactsOf(
        functional(
          'f',
          [input('i', [null, 4]), call(layer('Add', 'plus'), [tensorOf('i'), 1])],
          ['i', 0, 0],
          ['plus', 0, 0],
        ),
        [],
      ),
      'the layer "plus" is called with something else than tensors, which TensorFlow.js cannot do; put that into a layer',
    ],
    [
      'a tensor by name',
      artifactsOf(
        functional(
          'f',
          [
            input('i', [null, 4]),
            {
              ...layer('Dense', 'd', { units: 1 }),
              name: 'd',
              inbound_nodes: [{ args: [tensorOf('i')], kwargs: { mask: tensorOf('i') } }],
            },
          ],
          ['i', 0, 0],
          ['d', 0, 0],
        ),
        [],
      ),
      'the layer "d" is called with a tensor as its mask',
    ],
    [
      'a layer inside',
      artifactsOf(
        sequential('s', [input('i', [null, 8, 8, 3]), sequential('block', [layer('Lambda', 'secret')])]),
        [],
      ),
      'the layer "block/secret" is a Lambda, which TensorFlow.js does not have',
    ],
    [
      'two weights of one name',
      artifactsOf(sequential('s', [layer('Dense', 'd', { units: 1 })]), [
        { name: 's/d/kernel', shape: [1], values: Float32Array.of(1) },
        { name: 't/d/kernel', shape: [1], values: Float32Array.of(1) },
      ]),
      'two weights are called "d/kernel": "s/d/kernel" and "t/d/kernel"; give the layers different names',
    ],
    [
      'a number that no weight has',
      artifactsOf(sequential('s', [layer('Dense', 'd', { units: 1 })]), [
        { name: 'layers/d/vars/2', shape: [1], values: Float32Array.of(1) },
      ]),
      'the weight "layers/d/vars/2" is number 2 of a Dense, of which no such weight is known',
    ],
  ])('is said, and what to do: %s', (_, artifacts, message) => {
    expect(() => convertKerasModel(artifacts)).toThrow(message);
  });

  it('is another matter where Keras 2 has written it', () => {
    const dense = {
      class_name: 'Dense',
      config: { name: 'd', units: 1, activation: 'hard_sigmoid', batch_input_shape: [null, 2] },
    };
    const model = {
      class_name: 'Sequential',
      config: { name: 's', layers: [dense] },
      keras_version: '2.15.0',
    };
    expect(() => convertKerasModel({ modelTopology: model })).not.toThrow();
  });

  it('begins with no model', () => {
    expect(() => convertKerasModel(null as never)).toThrow(
      'artifacts: expected { modelTopology, … }, got null',
    );
    expect(() => convertKerasModel({ modelTopology: { class_name: 'Dense', config: {} } })).toThrow(
      'the model is a Dense without layers',
    );
  });
});
