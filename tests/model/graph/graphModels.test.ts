import '@tensorflow/tfjs-backend-cpu';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { memory, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { listLayers } from '../../../src/model/listLayers';
import { summarizeNodesByRun } from '../../../src/model/summarizeNodes';
import { describeDataset } from '../../../src/statistics/describeDataset';
import { visualizeKernels } from '../../../src/visualizeKernels';
import { visualizeLayers } from '../../../src/visualizeLayers';
import { loadReferenceModel } from '../../loadReferenceModel';
import { ofImage, readFloats } from '../../reference';
import { randomSource, relativeError } from '../../training/random';
import { articleGraph } from './articleGraph';
import { loadGraph, writeGraph } from './graphDef';

const image = { data: ofImage(readFloats('input'), 3), shape: [28, 28, 1] };

beforeAll(() => useWasmBackend());

describe.each([
  ['as TensorFlow writes it', false],
  ['with its nodes fused', true],
])("the article's network as a graph, %s", (_, fused) => {
  let model: GraphModel;
  beforeAll(async () => {
    await useWasmBackend();
    model = await loadGraph(articleGraph(fused));
  });
  afterAll(() => model.dispose());

  it('gives the activations of its convolutions without being asked for any, within 1e-5 of PyTorch', async () => {
    const before = memory().numTensors;
    const figures = await visualizeLayers(model, image);
    expect(memory().numTensors).toBe(before);
    expect(figures.map(({ layer }) => layer)).toEqual(['cnn/conv1/Relu', 'cnn/conv2/Relu']);
    expect(figures[0]!.figure.title).toBe('Layer: conv1/Relu');
    for (const [index, name] of ['conv1', 'conv2'].entries()) {
      const { data } = figures[index]!.activation;
      const expected = ofImage(readFloats(name), 3);
      expect(relativeError(data, expected)).toBeLessThan(1e-5);
    }
  });

  it('draws the figures that the layers model has', async () => {
    const layersModel = await loadReferenceModel();
    const [graph, layers] = await Promise.all([
      visualizeLayers(model, image),
      visualizeLayers(layersModel, image),
    ]);
    for (const [index, { figure }] of graph.entries()) {
      const other = layers[index]!.figure;
      expect([figure.width, figure.height, figure.tiles.length]).toEqual([
        other.width,
        other.height,
        other.tiles.length,
      ]);
      for (const [channel, { indices }] of figure.tiles.entries()) {
        expect(Buffer.compare(indices, other.tiles[channel]!.indices)).toBe(0);
      }
    }
    layersModel.dispose();
  });

  it('gives what goes into the activation function', async () => {
    const layersModel = await loadReferenceModel();
    const asked = { preActivation: true };
    const [graph, layers] = [
      createActivationModel(model, undefined, asked),
      createActivationModel(layersModel, 'conv', asked),
    ];
    const before = memory().numTensors;
    const [ofGraph, ofLayers] = [
      await computeActivations(graph, image),
      await computeActivations(layers, image),
    ];
    expect(memory().numTensors).toBe(before);
    for (const [index, { data, preActivation }] of ofGraph.entries()) {
      expect(preActivation).toBe('relu');
      expect(Math.min(...data)).toBeLessThan(-0.1);
      expect(relativeError(data, ofLayers[index]!.data)).toBeLessThan(1e-5);
    }
    layersModel.dispose();
  });

  it('takes a batch', async () => {
    const whole = { data: readFloats('input'), shape: [14, 28, 28, 1] };
    const [conv1] = await computeActivations(createActivationModel(model), whole);
    expect(conv1!.shape).toEqual([14, 26, 26, 16]);
    expect(relativeError(conv1!.data, readFloats('conv1'))).toBeLessThan(1e-5);
    const figures = await visualizeLayers(model, whole, { image: 'all', layers: ['cnn/conv2/Relu'] });
    expect(figures).toHaveLength(14);
  });

  it('describes a data set', async () => {
    const [conv1] = await describeDataset(model, [image, image]);
    expect(conv1!.layerName).toBe('cnn/conv1/Relu');
    expect(conv1!.images).toBe(2);
  });

  it('leaves no tensor and lives on, however its activation model ends', async () => {
    const activationModel = createActivationModel(model);
    await computeActivations(activationModel, image);
    const before = memory().numTensors;
    for (let run = 0; run < 5; run++) await computeActivations(activationModel, image);
    expect(memory().numTensors).toBe(before);
    activationModel.dispose();
    await expect(computeActivations(activationModel, image)).rejects.toThrow(
      'activationModel: expected a live',
    );
    expect(await visualizeLayers(model, image)).toHaveLength(2);
  });
});

describe('a graph model', () => {
  it('is listed node by node, with what a constant holds as parameters and sizes that follow the input open', async () => {
    const model = await loadGraph(articleGraph(true));
    const before = memory().numTensors;
    const nodes = listLayers(model);
    expect(memory().numTensors).toBe(before);
    expect(
      nodes.map(({ path, className, outputShape, parameters }) => [path, className, outputShape, parameters]),
    ).toEqual([
      ['input', 'Placeholder', [null, 28, 28, 1], 0],
      ['cnn/conv1/Relu', '_FusedConv2D', [null, 26, 26, 16], 160],
      ['cnn/pool1/MaxPool', 'MaxPool', [null, 13, 13, 16], 0],
      ['cnn/conv2/Relu', '_FusedConv2D', [null, 11, 11, 32], 4640],
      ['cnn/pool2/MaxPool', 'MaxPool', [null, 5, 5, 32], 0],
      ['cnn/flatten/Reshape', 'Reshape', [null, 800], 0],
      ['cnn/dense/MatMul', 'MatMul', [null, 10], 8000],
      ['cnn/dense/BiasAdd', 'BiasAdd', [null, 10], 10],
      ['cnn/dense/Softmax', 'Softmax', [null, 10], 0],
    ]);
    model.dispose();
  });

  it.each<[string, Parameters<typeof createActivationModel>[1], string[]]>([
    ['part of a name', 'conv2', ['cnn/conv2/Conv2D', 'cnn/conv2/BiasAdd', 'cnn/conv2/Relu']],
    ['a regular expression', /pool\d\/Max/, ['cnn/pool1/MaxPool', 'cnn/pool2/MaxPool']],
    ['names', ['cnn/dense/Softmax', 'cnn/conv1/Conv2D'], ['cnn/dense/Softmax', 'cnn/conv1/Conv2D']],
    ['a function', (node) => node.getClassName() === 'MaxPool', ['cnn/pool1/MaxPool', 'cnn/pool2/MaxPool']],
    ['the output of a node', ['cnn/conv1/Relu:0'], ['cnn/conv1/Relu:0']],
  ])('is selected from by %s', async (_, selector, expected) => {
    const model = await loadGraph(articleGraph(false));
    const figures = await visualizeLayers(model, image, selector === undefined ? {} : { layers: selector });
    expect(figures.map(({ layer }) => layer)).toEqual(expected);
    model.dispose();
  });

  it('says what there is where nothing matches', async () => {
    const model = await loadGraph(articleGraph(false));
    expect(() => createActivationModel(model, 'nothing')).toThrow(
      /^layers: expected to match a layer, got a name containing "nothing"; the model has "input" \(Placeholder\), .*"cnn\/conv1\/Conv2D" \(Conv2D\)/,
    );
    expect(() => createActivationModel(model, ['cnn/conv1/kernel'])).toThrow(RangeError);
    await expect(visualizeLayers(model, image, { layers: ['cnn/conv1/Relu:3'] })).rejects.toThrow(
      'layers: expected an output of the node "cnn/conv1/Relu", got "cnn/conv1/Relu:3", which it has not',
    );
    model.dispose();
  });

  it('says so when it has been disposed', async () => {
    const model = await loadGraph(articleGraph(false));
    const activationModel = createActivationModel(model);
    model.dispose();
    await expect(computeActivations(activationModel, image)).rejects.toThrow('model: expected a live model');
    expect(() => createActivationModel(model)).toThrow('model: expected a live model');
    expect(() => listLayers(model)).toThrow('model: expected a live model');
  });

  it('shows its kernels', async () => {
    const model = await loadGraph(articleGraph(true));
    const { shape, weights } = await visualizeKernels(model, 'cnn/conv1/Relu');
    expect(shape).toEqual([3, 3, 1, 16]);
    expect(
      Buffer.compare(
        new Uint8Array(weights.buffer),
        new Uint8Array(readFloats('weights.conv1.kernel').buffer),
      ),
    ).toBe(0);
    await expect(visualizeKernels(model, 'cnn/conv2/Relu', { rgb: true })).rejects.toThrow(
      'rgb: expected a convolution of 3 inputs, got 16, of "cnn/conv2/Relu"',
    );
    await expect(visualizeKernels(model, 'cnn/pool1/MaxPool')).rejects.toThrow(
      'the model has "cnn/conv1/Relu", "cnn/conv2/Relu"',
    );
    expect(memory().numTensors).toBeGreaterThan(0);
    model.dispose();
  });

  it('refuses what is of another size, kind, or no graph at all', async () => {
    const model = await loadGraph(articleGraph(true));
    await expect(visualizeLayers(model, { data: new Float32Array(4), shape: [2, 2, 1] })).rejects.toThrow(
      'img: expected [28, 28, 1]',
    );
    await expect(visualizeLayers(model, image, { preActivation: 1 as never })).rejects.toThrow(
      'preActivation: expected',
    );
    expect(() =>
      createActivationModel({
        execute() {},
        inputNodes: ['a'],
        inputs: [{ name: 'a' }],
        weights: {},
      } as never),
    ).toThrow(
      'model: expected a graph model that has been loaded by @tensorflow/tfjs-converter 4, got one without nodes',
    );
    model.dispose();
  });
});

describe('a graph', () => {
  const CONV = { strides: [1, 2, 2, 1], padding: 'SAME', data_format: 'NHWC', dilations: [1, 1, 1, 1] };

  it('takes several inputs by name, whole numbers too, of any size', async () => {
    const { graph, image: input, node } = writeGraph();
    const mixed = node('mixed', 'AddV2', [input('left', [-1, -1, -1, 2]), input('right', [-1, -1, -1, 2])]);
    const counted = node('cast', 'Cast', [input('count', [-1, 2], 'DT_INT32')], { SrcT: 'DT_INT32' });
    node('out', 'Relu', [mixed]);
    node('twice', 'AddV2', [counted, counted]);
    graph.nodes.find(({ name }) => name === 'cast')!.attr.DstT = { type: 'DT_FLOAT' };
    const model = await loadGraph(graph);
    const activationModel = createActivationModel(model, ['out', 'twice']);
    expect(activationModel.inputNames).toEqual(['left', 'right', 'count']);
    expect(activationModel.inputShapes).toEqual([
      [null, null, null, 2],
      [null, null, null, 2],
      [null, 2],
    ]);
    const pixels = (values: number[]) => ({ data: Float32Array.from(values), shape: [1, 2, 2] });
    const [out, twice] = await computeActivations(activationModel, {
      right: pixels([1, 2, 3, 4]),
      left: pixels([-5, 1, 1, 1]),
      count: [[3, 4]],
    });
    expect([...out!.data]).toEqual([0, 3, 4, 5]);
    expect([...twice!.data]).toEqual([6, 8]);
    expect(listLayers(model).map(({ path, outputShape }) => [path, outputShape])).toEqual([
      ['left', [null, null, null, 2]],
      ['right', [null, null, null, 2]],
      ['mixed', [null, null, null, 2]],
      ['count', [null, 2]],
      ['cast', [null, 2]],
      ['out', [null, null, null, 2]],
      ['twice', [null, 2]],
    ]);
    model.dispose();
  });

  it('gives the further outputs of a node by their numbers', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const split = node('split', 'Split', [constant('axis', [], [3], 'int32'), input('in', [-1, 1, 2, 2])], {
      num_split: 2,
    });
    node('out', 'Relu', [`${split}:1`]);
    const model = await loadGraph(graph);
    const pixels = { data: Float32Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
    const names = ['split', 'split:1', 'out'];
    const activations = await computeActivations(createActivationModel(model, names), pixels);
    expect(activations.map(({ layerName, data }) => [layerName, ...data])).toEqual([
      ['split', 1, 3],
      ['split:1', 2, 4],
      ['out', 2, 4],
    ]);
    model.dispose();
  });

  it('goes through branches that only its values decide', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const given = input('in', [-1, 2, 2, 1]);
    const half = node('half', 'Mul', [given, constant('point5', [], [0.5])]);
    const axes = constant('axes', [4], [0, 1, 2, 3], 'int32');
    const large = node('large', 'Greater', [node('sum', 'Sum', [half, axes]), constant('five', [], [5])]);
    const branch = node('switch', 'Switch', [half, large]);
    const smaller = node('smaller', 'Neg', [branch]);
    const larger = node('larger', 'Relu', [`${branch}:1`]);
    node('merged', 'Merge', [smaller, larger]);
    const model = await loadGraph(graph);
    const activationModel = createActivationModel(model, ['merged', 'half']);
    expect(activationModel.predictAsync).toBeDefined();
    await computeActivations(activationModel, { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2, 1] });
    const before = memory().numTensors;
    const look = async (values: number[]) => {
      const [merged] = await computeActivations(activationModel, {
        data: Float32Array.from(values),
        shape: [2, 2, 1],
      });
      return [...merged!.data];
    };
    expect(await look([1, 2, 3, 4])).toEqual([-0.5, -1, -1.5, -2]);
    expect(await look([2, 4, 6, 8])).toEqual([1, 2, 3, 4]);
    expect(memory().numTensors).toBe(before);
    expect(createActivationModel(model, ['half']).predictAsync).toBeUndefined();
    expect(listLayers(model).find(({ path }) => path === 'merged')!.outputShape).toEqual([null]);
    expect(listLayers(model).find(({ path }) => path === 'half')!.outputShape).toEqual([null, 2, 2, 1]);
    model.dispose();
  });

  it('lists nodes behind asynchronous operations, whose sizes only a run tells', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const boxes = input('boxes', [-1, 4]);
    const scores = node('scores', 'Sum', [boxes, constant('axis', [1], [1], 'int32')]);
    const [most, limit] = [constant('most', [], [5], 'int32'), constant('limit', [], [0.5])];
    const chosen = node('chosen', 'NonMaxSuppressionV5', [boxes, scores, most, limit, limit, limit]);
    node('picked', 'GatherV2', [boxes, chosen, constant('zero', [], [0], 'int32')]);
    const list = node('list', 'TensorListFromTensor', [boxes, constant('shape', [1], [4], 'int32')], {
      element_dtype: 'DT_FLOAT',
    });
    node('rows', 'TensorListStack', [list, 'shape'], { element_dtype: 'DT_FLOAT' });
    const model = await loadGraph(graph);
    const before = memory().numTensors;
    expect(listLayers(model).map(({ path, outputShape }) => [path, outputShape])).toEqual([
      ['boxes', [null, 4]],
      ['scores', [null]],
      ['chosen', [null]],
      ['picked', [null]],
      ['list', [null]],
      ['rows', [null]],
    ]);
    const byRun = await summarizeNodesByRun(model);
    expect(byRun.map(({ path, outputShape }) => [path, outputShape])).toEqual([
      ['boxes', [null, 4]],
      ['scores', [null]],
      ['chosen', [null]],
      ['picked', [null, 4]],
      ['list', []],
      ['rows', [null, 4]],
    ]);
    // What is asynchronous would go on after the list has been returned.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('does not depend on what its nodes only wait for', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const given = input('in', [-1, 2, 2, 1]);
    const two = constant('two', [], [2]);
    graph.nodes.find(({ name }) => name === two)!.input.push(`^${given}`);
    node('same', 'Identity', [two, `^${given}`]);
    node('twice', 'Mul', [given, 'same']);
    const model = await loadGraph(graph);
    expect(listLayers(model).map(({ path }) => path)).toEqual(['in', 'twice']);
    const [twice] = await computeActivations(createActivationModel(model, /./), [
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ]);
    expect([twice!.layerName]).toEqual(['in']);
    model.dispose();
  });

  it('leaves out single numbers unless they are asked for by name', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const given = input('in', [-1, 2, 2, 1]);
    const sum = node('sum', 'Sum', [given, constant('axes', [4], [0, 1, 2, 3], 'int32')]);
    node('share', 'RealDiv', [given, sum]);
    const model = await loadGraph(graph);
    const pixels = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2, 1] };
    const before = memory().numTensors;
    for (const layers of [/./, () => true, 's']) {
      const figures = await visualizeLayers(model, pixels, { layers });
      expect(figures.map(({ layer }) => layer)).toEqual(layers === 's' ? ['share'] : ['in', 'share']);
    }
    const [described] = await describeDataset(model, [pixels, pixels], { layers: /s/ });
    expect([described!.layerName, described!.images]).toEqual(['share', 2]);
    const named = await computeActivations(createActivationModel(model, ['sum']), pixels);
    expect(named.map(({ shape, data }) => [shape, ...data])).toEqual([[[], 10]]);
    await expect(visualizeLayers(model, pixels, { layers: ['sum'] })).rejects.toThrow(
      'got a single number from layer "sum", which has no map',
    );
    await expect(visualizeLayers(model, pixels, { layers: /sum/ })).rejects.toThrow(
      'layers: expected a node that puts out a map, got 1 with a single number each',
    );
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('has to have inputs', async () => {
    const { graph, constant, node } = writeGraph();
    node('out', 'Relu', [constant('c', [1], [1])]);
    const model = await loadGraph(graph);
    expect(() => createActivationModel(model)).toThrow(
      'model: expected a graph with inputs, got one without',
    );
    model.dispose();
  });

  it('leaves out what is computed from sizes alone', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const given = input('in', [-1, 2, 3, 1]);
    const shape = node('conv/Shape', 'Shape', [given], {});
    const doubled = node('conv/double', 'Mul', [shape, constant('two', [], [2], 'int32')]);
    node('conv/out', 'Reshape', [given, constant('flat', [2], [-1, 6], 'int32')]);
    node('conv/sizes', 'Neg', [doubled]);
    const model = await loadGraph(graph);
    expect(listLayers(model).map(({ path }) => path)).toEqual(['in', 'conv/out']);
    model.dispose();
  });

  it('has its dilated and depthwise convolutions found, bias and activation function included', async () => {
    const { graph, image: input, constant, node } = writeGraph();
    const source = randomSource(3);
    const given = input('in', [-1, 8, 8, 2]);
    const block = constant('block', [2], [2, 2], 'int32');
    const edges = constant('edges', [2, 2], [0, 0, 0, 0], 'int32');
    const spaced = node('dilated/SpaceToBatchND', 'SpaceToBatchND', [given, block, edges]);
    const kernel = constant('dilated/kernel', [3, 3, 2, 3], source.floats(54));
    const valid = { ...CONV, strides: [1, 1, 1, 1], padding: 'VALID' };
    const dilated = node('dilated/Conv2D', 'Conv2D', [spaced, kernel], valid);
    const whole = node('dilated/BatchToSpaceND', 'BatchToSpaceND', [dilated, block, edges]);
    const sum = node('dilated/add', 'AddV2', [whole, constant('dilated/bias', [3], source.floats(3))]);
    const first = node('dilated/Relu6', 'Relu6', [sum]);
    const deep = node(
      'deep',
      'DepthwiseConv2dNative',
      [first, constant('deep/kernel', [2, 2, 3, 1], source.floats(12))],
      CONV,
    );
    // Two read it: what follows is not part of what was one layer.
    const tanh = node('tanh', 'Tanh', [deep]);
    const residual = node('residual', 'AddV2', [tanh, deep]);
    node('end', 'Relu', [residual]);
    const model = await loadGraph(graph);
    expect(createActivationModel(model).layers.map(({ name }) => name)).toEqual(['dilated/Relu6', 'deep']);
    model.dispose();
  });

  it.each([
    [
      'explicit padding, stride 2',
      '_FusedConv2D',
      { ...CONV, padding: 'EXPLICIT', explicit_paddings: [0, 0, 1, 0, 2, 1, 0, 0] },
      ['BiasAdd', 'Elu'],
    ],
    ['a depthwise convolution', 'FusedDepthwiseConv2dNative', CONV, ['BiasAdd', 'Relu6']],
    ['no bias', '_FusedConv2D', { ...CONV, dilations: [1, 1, 1, 1] }, ['noop', 'Relu']],
  ])('is the same before and behind a fused activation function: %s', async (_, op, settings, fusedOps) => {
    const source = randomSource(11);
    const { graph, image: input, constant, node } = writeGraph();
    const given = input('in', [-1, 7, 6, 3]);
    const kernel = constant(
      'kernel',
      op.startsWith('_') ? [3, 2, 3, 4] : [3, 2, 3, 1],
      source.floats(op.startsWith('_') ? 72 : 18),
    );
    const hasBias = fusedOps[0] === 'BiasAdd';
    const bias = hasBias
      ? [constant('bias', [op.startsWith('_') ? 4 : 3], source.floats(op.startsWith('_') ? 4 : 3))]
      : [];
    node('fused', op, [given, kernel, ...bias], { ...settings, num_args: bias.length, fused_ops: fusedOps });
    const model = await loadGraph(graph);
    const pixels = { data: source.floats(126), shape: [7, 6, 3] };
    const [before] = await computeActivations(
      createActivationModel(model, 'fused', { preActivation: true }),
      pixels,
    );
    const [behind] = await computeActivations(createActivationModel(model, 'fused'), pixels);
    const apply = {
      elu: (value: number) => (value > 0 ? value : Math.expm1(value)),
      relu6: (value: number) => Math.min(6, Math.max(0, value)),
      relu: (value: number) => Math.max(0, value),
    }[before!.preActivation as 'elu'];
    expect(Math.min(...before!.data)).toBeLessThan(0);
    expect(relativeError(behind!.data, before!.data.map(apply))).toBeLessThan(1e-5);
    model.dispose();
  });

  it('agrees with the cpu backend, node by node', async () => {
    const graph = articleGraph(false);
    const values = tensor(image.data, [1, 28, 28, 1]);
    const model = await loadGraph(graph);
    const names = listLayers(model).map(({ path }) => path);
    const activations = await computeActivations(createActivationModel(model, names), image);
    model.dispose();
    await setBackend('cpu');
    const slow = await loadGraph(graph);
    const expected = tidy(() => (slow.execute(values, names) as Tensor[]).map((node) => node.dataSync()));
    for (const [index, { data }] of activations.entries()) {
      expect(relativeError(data, expected[index]!), names[index]!).toBeLessThan(1e-5);
    }
    slow.dispose();
    values.dispose();
    await setBackend('wasm');
  });
});
