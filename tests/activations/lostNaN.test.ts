import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model as makeModel, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareActivations } from '../../src/activations/compareActivations';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { Activation } from '../../src/common/types';
import { createFigure } from '../../src/figure/createFigure';
import { createActivationModel } from '../../src/model/createActivationModel';
import type { GraphModelLike } from '../../src/model/graph/GraphModelLike';
import { visualizeLayers } from '../../src/visualizeLayers';
import { loadGraph, writeGraph } from '../model/graph/graphDef';

const ONES = { data: new Float32Array(16).fill(1), shape: [4, 4, 1] };

beforeEach(() => useWasmBackend());

/** Looks at all layers, and says of each whether it is marked; no tensor may be left. */
async function look(
  model: LayersModel | GraphModelLike,
  img: Parameters<typeof computeActivations>[1] = ONES,
  options: Parameters<typeof createActivationModel>[2] = {},
  selector: Parameters<typeof createActivationModel>[1] = () => true,
): Promise<Record<string, Activation>> {
  const activationModel = createActivationModel(model, selector, options);
  const before = memory().numTensors;
  const activations = await computeActivations(activationModel, img);
  expect(memory().numTensors).toBe(before);
  activationModel.dispose();
  return Object.fromEntries(activations.map((activation) => [activation.layerName, activation]));
}

function marksOf(activations: Record<string, Activation>): string[] {
  return Object.values(activations).flatMap(({ layerName, lostNaN }) => (lostNaN ? [layerName] : []));
}

/** A convolution whose one weight is Number.NaN, which puts out no NaN on WASM, and a layer that makes NaN of that. */
function nanLayers() {
  const conv = layers.conv2d({ name: 'conv', inputShape: [4, 4, 1], filters: 1, kernelSize: 1 });
  // tfjs's WASM backend keeps what comes out as -∞; 0 times that is NaN.
  const zero = layers.batchNormalization({ name: 'bn', epsilon: 0 });
  return [conv, zero];
}

function setNaN(model: LayersModel): void {
  const [conv, bn] = model.layers;
  const set = (layer: (typeof model.layers)[number], values: number[][]) => {
    const weights = values.map((list, index) => tensor(list, layer.weights[index]!.shape as number[]));
    layer.setWeights(weights);
    for (const weight of weights) weight.dispose();
  };
  set(conv!, [[1], [0]]);
  set(bn!, [[Number.NaN], [0], [0], [1]]);
}

describe('a layer that loses NaN on WASM', () => {
  let model: LayersModel;
  afterEach(() => model.dispose());

  it('is marked where its weights are NaN and its own function makes them a number', async () => {
    model = sequential({
      layers: [
        layers.flatten({ name: 'flatten', inputShape: [4, 4, 1] }),
        layers.dense({ name: 'healthy', units: 2, activation: 'relu' }),
        layers.dense({ name: 'ill', units: 2, activation: 'relu' }),
        layers.dense({ name: 'after', units: 2, activation: 'relu' }),
      ],
    });
    const weights = [tensor([Number.NaN, 1, 1, 1], [2, 2]), tensor([0, 0])];
    model.layers[2]!.setWeights(weights);
    for (const weight of weights) weight.dispose();
    const activations = await look(model);
    expect(activations.ill!.data[0]).toBe(0);
    expect(activations.ill!.lostNaN).toBe(true);
    // No NaN reaches the layer after it, and those before have none.
    expect(marksOf(activations)).toEqual(['ill']);
    for (const name of ['flatten', 'healthy', 'after'])
      expect(activations[name]).not.toHaveProperty('lostNaN');
  });

  it('is marked by its inputs, whichever kind of layer it is', async () => {
    const image = input({ shape: [4, 4, 1] });
    const [conv, bn] = nanLayers();
    const ill = bn!.apply(conv!.apply(image)) as ReturnType<typeof input>;
    const made = [
      layers.reLU({ name: 'relu6', maxValue: 6 }),
      layers.activation({ name: 'hardSigmoid', activation: 'hardSigmoid' }),
      layers.maxPooling2d({ name: 'max', poolSize: 2 }),
      layers.averagePooling2d({ name: 'average', poolSize: 2 }),
      layers.conv2d({ name: 'conv6', filters: 1, kernelSize: 1, activation: 'relu6' }),
      layers.depthwiseConv2d({ name: 'depthwise', kernelSize: 1 }),
    ].map((layer) => layer.apply(ill) as typeof ill);
    const other = layers.reLU({ name: 'relu' }).apply(image) as typeof ill;
    const most = layers.maximum({ name: 'maximum' }).apply([other, ill]) as typeof ill;
    const kept = layers.flatten({ name: 'flatten' }).apply(ill) as typeof ill;
    model = makeModel({ inputs: image, outputs: [...made, most, kept] });
    setNaN({ layers: [conv, bn] } as unknown as LayersModel);
    const activations = await look(model);
    expect(activations.bn!.data.every(Number.isNaN)).toBe(true);
    expect(marksOf(activations).sort()).toEqual(
      ['average', 'conv6', 'depthwise', 'hardSigmoid', 'max', 'maximum', 'relu6'].sort(),
    );
  });

  it('is found in a chain, though nothing before it is chosen', async () => {
    model = sequential({
      layers: [
        ...nanLayers(),
        layers.reLU({ name: 'relu6', maxValue: 6 }),
        layers.reLU({ name: 'again', maxValue: 6 }),
      ],
    });
    setNaN(model);
    expect(marksOf(await look(model, ONES, {}, ['relu6', 'again']))).toEqual(['relu6']);
  });

  it('is a convolution itself, linear too, and before its activation function', async () => {
    model = sequential({
      layers: [
        layers.conv2d({ name: 'linear', inputShape: [4, 4, 1], filters: 1, kernelSize: 1 }),
        layers.conv2d({ name: 'relu', filters: 1, kernelSize: 1, activation: 'relu' }),
      ],
    });
    const ill = [tensor([Number.NaN], [1, 1, 1, 1]), tensor([0])];
    for (const layer of model.layers) layer.setWeights(ill);
    for (const weight of ill) weight.dispose();
    expect(marksOf(await look(model))).toEqual(['linear', 'relu']);
    expect(marksOf(await look(model, ONES, { preActivation: true }))).toEqual(['linear', 'relu']);
  });

  it('is seen once its weights have become Number.NaN, and no longer once they are numbers', async () => {
    model = sequential({
      layers: [layers.conv2d({ name: 'conv', inputShape: [4, 4, 1], filters: 1, kernelSize: 1 })],
    });
    const activationModel = createActivationModel(model);
    const marks: unknown[] = [];
    for (const value of [1, Number.NaN, 2]) {
      const weights = [tensor([value], [1, 1, 1, 1]), tensor([0])];
      model.setWeights(weights);
      for (const weight of weights) weight.dispose();
      marks.push((await computeActivations(activationModel, ONES))[0]!.lostNaN);
    }
    expect(marks).toEqual([undefined, true, undefined]);
  });

  it('may leave values out if that is its business', async () => {
    model = sequential({ layers: [layers.cropping2D({ name: 'crop', inputShape: [4, 4, 1], cropping: 1 })] });
    const activationModel = createActivationModel(model, ['crop']);
    const edge = tensor([Number.NaN, ...new Array(15).fill(1)], [1, 4, 4, 1]);
    const lost: number[] = [];
    for (const output of activationModel.predict(edge, (index) => lost.push(index))) output.dispose();
    expect(lost).toEqual([]);
    edge.dispose();
  });

  it('is marked for a batch if any image of it has lost NaN and none has kept one', async () => {
    model = sequential({
      layers: [layers.reLU({ name: 'relu6', inputShape: [2], maxValue: 6 })],
    });
    const activationModel = createActivationModel(model, ['relu6']);
    const find = (values: number[]) => {
      const batch: Tensor = tensor(values, [2, 2]);
      const lost: number[] = [];
      for (const output of activationModel.predict(batch, (index) => lost.push(index))) output.dispose();
      batch.dispose();
      return lost;
    };
    expect(find([1, 2, 3, 4])).toEqual([]);
    expect(find([1, 2, Number.NaN, 4])).toEqual([0]);
  });

  it('is not marked on the cpu backend, where NaN passes', async () => {
    await setBackend('cpu');
    model = sequential({
      layers: [...nanLayers(), layers.reLU({ name: 'relu6', maxValue: 6 })],
    });
    setNaN(model);
    const activations = await look(model);
    expect(activations.relu6!.data.every(Number.isNaN)).toBe(true);
    expect(marksOf(activations)).toEqual([]);
  });

  it('says so in its figure, and only there', async () => {
    model = sequential({
      layers: [...nanLayers(), layers.reLU({ name: 'relu6', maxValue: 6 })],
    });
    setNaN(model);
    const figures = await visualizeLayers(model, ONES, { layers: () => true });
    expect(figures.map(({ figure }) => [figure.title, figure.lostNaN])).toEqual([
      ['Layer: conv', undefined],
      ['Layer: bn', undefined],
      ['Layer: relu6 (NaN lost)', true],
    ]);
    expect(figures[0]!.figure).not.toHaveProperty('lostNaN');
  });
});

describe('a node of a graph that loses NaN on WASM', () => {
  /** x · 1, the natural logarithm of what is below 0, and what becomes of that. */
  async function build() {
    const write = writeGraph();
    write.image('x', [-1, 4, 4, 1]);
    write.constant('kernel', [1, 1, 1, 1], [1]);
    write.constant('ill', [1, 1, 1, 1], [Number.NaN]);
    write.constant('low', [], [0]);
    write.constant('high', [], [1]);
    const settings = {
      strides: [1, 1, 1, 1],
      dilations: [1, 1, 1, 1],
      padding: 'VALID',
      data_format: 'NHWC',
    };
    const pool = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'VALID', data_format: 'NHWC' };
    write.node('negative', 'Neg', ['x']);
    write.node('log', 'Log', ['negative']);
    write.node('healthy', 'Conv2D', ['x', 'kernel'], settings);
    write.node('spoilt', 'Conv2D', ['x', 'ill'], settings);
    write.node('conv', 'Conv2D', ['log', 'kernel'], settings);
    write.node('relu6', 'Relu6', ['log']);
    write.node('clip', 'ClipByValue', ['log', 'low', 'high']);
    write.node('max', 'MaxPool', ['log'], pool);
    write.node('average', 'AvgPool', ['log'], pool);
    write.node('maximum', 'Maximum', ['low', 'log']);
    write.node('after', 'Relu6', ['relu6']);
    return await loadGraph(write.graph);
  }

  it('is marked, by what goes into it or its constants', async () => {
    const model = await build();
    const all = ['conv', 'spoilt', 'healthy', 'relu6', 'clip', 'max', 'average', 'maximum', 'after', 'log'];
    const activations = await look(model, ONES, {}, all);
    expect(activations.log!.data.every(Number.isNaN)).toBe(true);
    expect(marksOf(activations)).toEqual(['conv', 'spoilt', 'relu6', 'clip', 'max', 'average', 'maximum']);
    expect(marksOf(await look(model, ONES, {}, ['relu6']))).toEqual(['relu6']);
    model.dispose();
  });

  it('is not marked on the cpu backend', async () => {
    await setBackend('cpu');
    const model = await build();
    expect(marksOf(await look(model, ONES, {}, ['conv', 'relu6', 'max']))).toEqual([]);
    model.dispose();
  });
});

describe('what is made of an activation that has lost NaN', () => {
  const activation = (lostNaN?: true): Activation => ({
    layerName: 'relu1',
    className: 'ReLU',
    shape: [1, 1, 2, 2],
    data: Float32Array.of(0, 1, 2, 3),
    ...(lostNaN && { lostNaN }),
  });

  it('has it in its title behind what was chosen, unless that is given', () => {
    expect(createFigure(activation(true), { channels: [1] }).title).toBe(
      'Layer: relu1 (1 of 2 maps, NaN lost)',
    );
    expect(createFigure(activation(true), { title: 'mine' })).toMatchObject({ title: 'mine', lostNaN: true });
    expect(createFigure(activation())).toMatchObject({ title: 'Layer: relu1' });
  });

  it('carries it on, whichever of two had it', () => {
    expect(compareActivations(activation(), activation(true)).lostNaN).toBe(true);
    expect(compareActivations(activation(true), activation()).lostNaN).toBe(true);
    expect(compareActivations(activation(), activation())).not.toHaveProperty('lostNaN');
  });
});
