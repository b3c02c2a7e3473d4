import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  ones,
  randomUniform,
  setBackend,
  type Tensor,
  tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../../src/activations/computeActivations';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { listLayers } from '../../../src/model/listLayers';
import { visualizeLayers } from '../../../src/visualizeLayers';
import { randomSource, relativeError } from '../../training/random';

const everything = () => true;

/** Runs a chain of layers one by one on the cpu backend. */
async function runOnCpu(model: LayersModel, data: Float32Array, shape: number[]) {
  await setBackend('cpu');
  const outputs = tidy(() => {
    let value = tensor(data, shape) as Tensor;
    return model.layers.map((layer) => {
      value = layer.apply(value) as Tensor;
      return { name: layer.name, shape: value.shape, data: value.dataSync() as Float32Array };
    });
  });
  await setBackend('wasm');
  return outputs;
}

async function compareChain(model: LayersModel, shape: number[]) {
  const data = randomSource(7).floats(shape.reduce((one, two) => one * two, 1));
  const expected = await runOnCpu(model, data, shape);
  const names = model.layers.map(({ name }) => name);
  const before = memory().numTensors;
  const activations = await computeActivations(createActivationModel(model, names), { data, shape });
  expect(memory().numTensors).toBe(before);
  expect(activations.map(({ layerName, shape }) => [layerName, shape])).toEqual(
    expected.map(({ name, shape }) => [name, shape]),
  );
  activations.forEach((activation, index) => {
    expect(relativeError(activation.data, expected[index]!.data), activation.layerName).toBeLessThan(1e-5);
  });
  return activations;
}

describe('models that take something other than one image', () => {
  beforeAll(() => useWasmBackend());
  afterAll(async () => {
    await setBackend('wasm');
  });

  it('sequences, through one-dimensional convolutions and a recurrent layer', async () => {
    const model = sequential({
      layers: [
        layers.conv1d({ name: 'conv1d', inputShape: [20, 3], filters: 5, kernelSize: 3, activation: 'relu' }),
        layers.maxPooling1d({ name: 'pool', poolSize: 2 }),
        layers.lstm({
          name: 'lstm',
          units: 4,
          returnSequences: true,
          // The default, an orthogonal one, needs chained methods, which tfjs-core alone does not have.
          recurrentInitializer: 'glorotUniform',
        }),
        layers.globalAveragePooling1d({ name: 'mean' }),
        layers.dense({ name: 'dense', units: 2 }),
      ],
    });
    await compareChain(model, [2, 20, 3]);
    const figures = await visualizeLayers(
      model,
      { data: new Float32Array(60).fill(1), shape: [20, 3] },
      { layers: /./ },
    );
    expect(figures.map(({ figure }) => [figure.title, figure.width, figure.height])).toEqual([
      ['Layer: conv1d (a row a channel)', 18, 5],
      ['Layer: pool (a row a channel)', 9, 5],
      ['Layer: lstm (a row a channel)', 9, 4],
      ['Layer: mean (4 values)', 4, 1],
      ['Layer: dense (2 values)', 2, 1],
    ]);
    model.dispose();
  });

  it('volumes, and images over time', async () => {
    const volume = sequential({
      layers: [
        layers.conv3d({ name: 'conv3d', inputShape: [6, 7, 8, 1], filters: 2, kernelSize: 3 }),
        layers.maxPooling3d({ name: 'pool3d', poolSize: 2 }),
      ],
    });
    await compareChain(volume, [1, 6, 7, 8, 1]);
    const video = sequential({
      layers: [
        layers.timeDistributed({
          name: 'conv_td',
          inputShape: [3, 6, 6, 1],
          layer: layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }),
        }),
        layers.timeDistributed({ name: 'flat_td', layer: layers.flatten() }),
      ],
    });
    await compareChain(video, [2, 3, 6, 6, 1]);
    const [figure] = await visualizeLayers(video, ones([1, 3, 6, 6, 1]), { slice: 'all' });
    expect(figure!.figure.title).toBe('Layer: conv_td (3 slices a row)');
    expect(figure!.figure.tiles.map(({ channel, slice }) => [channel, slice])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    volume.dispose();
    video.dispose();
  });

  it('vectors', async () => {
    const model = sequential({
      layers: [layers.dense({ name: 'dense', inputShape: [4], units: 100, activation: 'relu' })],
    });
    await compareChain(model, [3, 4]);
    const [block] = await visualizeLayers(model, [[1, 2, 3, 4]], { layers: 'dense' });
    expect(block!.figure).toMatchObject({
      title: 'Layer: dense (100 values in rows of 10)',
      width: 10,
      height: 10,
    });
    // Numbers stay numbers: bytes are scaled where they are an image only.
    const [bytes] = await computeActivations(createActivationModel(model, 'dense'), {
      data: Uint8Array.of(1, 2, 3, 4),
      shape: [4],
    });
    expect(relativeError(bytes!.data, block!.activation.data)).toBeLessThan(1e-6);
    model.dispose();
  });

  it('several inputs, in a list or by name', async () => {
    const [image, facts] = [input({ shape: [6, 6, 1], name: 'image' }), input({ shape: [3], name: 'facts' })];
    const conv = layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3 }).apply(image) as SymbolicTensor;
    const flat = layers.flatten({ name: 'flat' }).apply(conv) as SymbolicTensor;
    const model = functional({
      inputs: [image, facts],
      outputs: layers.concatenate({ name: 'joined' }).apply([flat, facts]) as SymbolicTensor,
    });
    const [picture, numbers] = [{ width: 6, height: 6, data: new Uint8Array(36).fill(255) }, [5, 6, 7]];
    const before = memory().numTensors;
    const listed = await visualizeLayers(model, [picture, numbers as never], { layers: 'joined' });
    const named = await visualizeLayers(
      model,
      { facts: numbers as never, image: picture },
      { layers: 'joined' },
    );
    expect(memory().numTensors).toBe(before);
    expect([...listed[0]!.activation.data.subarray(-3)]).toEqual([5, 6, 7]);
    expect(listed[0]!.activation.data).toEqual(named[0]!.activation.data);
    expect(listed[0]!.activation.shape).toEqual([1, 35]);

    const activationModel = createActivationModel(model);
    const refused: [unknown, string][] = [
      [[picture], 'img: expected an entry for each of the inputs "image", "facts", got 1'],
      [7, 'img: expected an entry for each of the inputs "image", "facts", got 7'],
      [
        picture,
        'img: expected an entry for each of the inputs "image", "facts", got none; give them by name, as in { "image": one, "facts": other }',
      ],
      [{ image: picture }, 'got none for "facts"'],
      [{ image: picture, facts: numbers, more: numbers }, 'got one for "more"'],
      [[picture, [1, 2]], 'img["facts"]: expected the shape [?, 3], got [2]'],
      [[picture, [1, Number.NaN, 2]], 'img["facts"]: expected finite values, got NaN at [1]'],
      [[{ ...picture, width: 5 }, numbers], 'img["image"]: expected'],
      [
        [picture, [numbers, numbers]],
        'img: expected as many images for each input, got 1 for "image", 2 for "facts"',
      ],
      [
        [picture, { data: new Float32Array(2), shape: [3] }],
        'img["facts"]: expected 3 values for the shape [3], got 2',
      ],
    ];
    for (const [img, message] of refused) {
      await expect(computeActivations(activationModel, img as never)).rejects.toThrow(message);
    }
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('models with channels first', () => {
  beforeAll(() => useWasmBackend());

  it('give what the same model with channels last gives', async () => {
    const build = (dataFormat: 'channelsFirst' | 'channelsLast') => {
      const first = dataFormat === 'channelsFirst';
      return sequential({
        layers: [
          layers.conv2d({
            name: 'conv',
            inputShape: first ? [3, 9, 8] : [9, 8, 3],
            filters: 4,
            kernelSize: 3,
            activation: 'relu',
            dataFormat,
          }),
          layers.batchNormalization({ name: 'norm', axis: first ? 1 : -1 }),
          layers.activation({ name: 'act', activation: 'tanh' }),
          layers.maxPooling2d({ name: 'pool', poolSize: 2, dataFormat }),
          layers.depthwiseConv2d({ name: 'depthwise_conv', kernelSize: 2, dataFormat }),
          layers.globalAveragePooling2d({ name: 'mean', dataFormat }),
          layers.dense({ name: 'dense', units: 2 }),
        ],
      });
    };
    const [first, last] = [build('channelsFirst'), build('channelsLast')];
    first.setWeights(last.getWeights());
    const img = { data: randomSource(3).floats(2 * 9 * 8 * 3), shape: [2, 9, 8, 3] };
    const before = memory().numTensors;
    const [expected, values] = [
      await computeActivations(createActivationModel(last, everything), img),
      await computeActivations(createActivationModel(first, everything), img),
    ];
    expect(memory().numTensors).toBe(before);
    expect(values.map(({ layerName, shape }) => [layerName, shape])).toEqual(
      expected.map(({ layerName, shape }) => [layerName, shape]),
    );
    values.forEach(({ data, layerName }, index) => {
      expect(relativeError(data, expected[index]!.data), layerName).toBeLessThan(1e-5);
    });
    expect(listLayers(first).map(({ outputShape }) => outputShape)).toEqual(
      listLayers(last).map(({ outputShape }) => outputShape),
    );
    expect(createActivationModel(first).inputShape).toEqual([null, 9, 8, 3]);
    first.dispose();
    last.dispose();
  });

  it('keep their order through reshaping, and over time', async () => {
    const model = sequential({
      layers: [
        layers.timeDistributed({
          name: 'conv_td',
          inputShape: [2, 3, 5, 5],
          layer: layers.conv2d({ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }),
        }),
        layers.reshape({ name: 'conv_reshaped', targetShape: [2, 4, 9] }),
      ],
    });
    const activationModel = createActivationModel(model, 'conv_');
    expect(activationModel.inputShape).toEqual([null, 2, 5, 5, 3]);
    const input = randomUniform([1, 2, 5, 5, 3]);
    const outputs = activationModel.predict(input);
    const expected = tidy(() =>
      transpose(model.layers[0]!.apply(transpose(input, [0, 1, 4, 2, 3])) as Tensor, [0, 1, 3, 4, 2]),
    );
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [1, 2, 3, 3, 4],
      [1, 2, 4, 9],
    ]);
    expect(relativeError(outputs[0]!.dataSync(), expected.dataSync())).toBeLessThan(1e-6);
    for (const tensor of [input, expected, ...outputs]) tensor.dispose();
    model.dispose();
  });
});

describe('preActivation', () => {
  beforeAll(() => useWasmBackend());

  it('takes what goes into the function that a layer ends with, and says which', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({ name: 'conv', inputShape: [5, 5, 1], filters: 2, kernelSize: 3, activation: 'relu' }),
        layers.conv2d({ name: 'conv_linear', filters: 2, kernelSize: 1 }),
        layers.activation({ name: 'act', activation: 'relu' }),
        layers.separableConv2d({ name: 'separable', filters: 2, kernelSize: 1, activation: 'tanh' }),
        layers.flatten({ name: 'flat' }),
        layers.dense({ name: 'dense', units: 3, activation: 'softmax' }),
      ],
    });
    const img = { data: randomSource(5).floats(25), shape: [5, 5] };
    const after = await computeActivations(createActivationModel(model, everything), img);
    const before = await computeActivations(
      createActivationModel(model, everything, { preActivation: true }),
      img,
    );
    expect(before.map(({ layerName, preActivation }) => [layerName, preActivation])).toEqual([
      ['conv', 'relu'],
      ['conv_linear', undefined],
      ['act', undefined],
      ['separable', 'tanh'],
      ['flat', undefined],
      ['dense', 'softmax'],
    ]);
    const apply = (index: number, f: (value: number) => number) => Float32Array.from(before[index]!.data, f);
    expect(
      relativeError(
        after[0]!.data,
        apply(0, (value) => Math.max(0, value)),
      ),
    ).toBeLessThan(1e-6);
    expect(before[0]!.data.some((value) => value < 0)).toBe(true);
    expect(after[1]!.data).toEqual(before[1]!.data);
    expect(relativeError(after[3]!.data, apply(3, Math.tanh))).toBeLessThan(1e-5);
    const sum = before[5]!.data.reduce((total, value) => total + Math.exp(value), 0);
    expect(
      relativeError(
        after[5]!.data,
        apply(5, (value) => Math.exp(value) / sum),
      ),
    ).toBeLessThan(1e-5);
    const [conv] = await visualizeLayers(model, img, { preActivation: true });
    expect(conv!.figure.title).toBe('Layer: conv, before relu');
    await expect(visualizeLayers(createActivationModel(model), img, { preActivation: true })).rejects.toThrow(
      /^preActivation: expected none/,
    );
    model.dispose();
  });

  it('takes that of a layer that is run over time too', async () => {
    const inner = layers.dense({ units: 2, activation: 'relu' });
    const model = sequential({
      layers: [layers.timeDistributed({ name: 'each', inputShape: [3, 1], layer: inner })],
    });
    const weights = [tensor([-1, 2], [1, 2]), tensor([0, 0])];
    model.setWeights(weights);
    for (const weight of weights) weight.dispose();
    const before = memory().numTensors;
    const img = { data: Float32Array.of(1, 1, 1), shape: [1, 3, 1] };
    const look = async (preActivation: boolean) => {
      const activationModel = createActivationModel(model, ['each'], { preActivation });
      const [activation] = await computeActivations(activationModel, img);
      activationModel.dispose();
      return activation!;
    };
    expect(await look(true)).toMatchObject({
      className: 'TimeDistributed',
      preActivation: 'relu',
      data: Float32Array.of(-1, 2, -1, 2, -1, 2),
    });
    expect((await look(false)).data).toEqual(Float32Array.of(0, 2, 0, 2, 0, 2));
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('batches', () => {
  beforeAll(() => useWasmBackend());

  it('are drawn image by image, on a scale of their own or on one of all', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({
          name: 'conv1',
          inputShape: [2, 2, 1],
          filters: 1,
          kernelSize: 1,
          kernelInitializer: 'ones',
        }),
        layers.conv2d({
          name: 'conv2',
          filters: 1,
          kernelSize: 1,
          kernelInitializer: 'ones',
          biasInitializer: 'ones',
        }),
      ],
    });
    const img = { data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7), shape: [2, 2, 2, 1] };
    const each = await visualizeLayers(model, img, { image: 'all' });
    expect(each.map(({ layer, image, figure }) => [layer, image, figure.title])).toEqual([
      ['conv1', 0, 'Layer: conv1, image 0'],
      ['conv1', 1, 'Layer: conv1, image 1'],
      ['conv2', 0, 'Layer: conv2, image 0'],
      ['conv2', 1, 'Layer: conv2, image 1'],
    ]);
    expect(each.map(({ figure }) => [...figure.tiles[0]!.indices])).toEqual(Array(4).fill([0, 85, 170, 255]));
    const batch = await visualizeLayers(model, img, { image: 'all', scaling: 'batch', title: 'x' });
    expect(batch.map(({ figure }) => figure.domain)).toEqual([
      [0, 7],
      [0, 7],
      [1, 8],
      [1, 8],
    ]);
    expect(batch.map(({ figure }) => figure.title)).toEqual(['x', 'x', 'x', 'x']);
    const all = await visualizeLayers(model, img, { image: 1, scaling: 'all' });
    expect(all.map(({ figure }) => [figure.domain, [...figure.tiles[0]!.indices]])).toEqual([
      [
        [0, 8],
        [128, 160, 192, 224],
      ],
      [
        [0, 8],
        [160, 192, 224, 255],
      ],
    ]);
    const [one] = await visualizeLayers(model, img);
    expect([one!.image, one!.figure.title]).toEqual([0, 'Layer: conv1']);
    await expect(visualizeLayers(model, img, { image: 'both' as never })).rejects.toThrow(
      'image: expected a whole number or \'all\', got "both"',
    );
    await expect(visualizeLayers(model, img, { image: 2 })).rejects.toThrow(
      "image: expected an index below the batch's 2, got 2",
    );
    model.dispose();
  });
});
