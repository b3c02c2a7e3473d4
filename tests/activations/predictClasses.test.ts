import { memory, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { predictClasses } from '../../src/activations/predictClasses';
import { areProbabilities, topClasses } from '../../src/activations/topClasses';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { loadGraph, writeGraph } from '../model/graph/graphDef';

describe('topClasses', () => {
  it('gives probabilities, the likeliest first, with names', () => {
    expect(topClasses(Float32Array.of(0.25, 0.625, 0.125), ['cat', 'dog', 'owl'], 2)).toEqual([
      { index: 1, className: 'dog', probability: 0.625 },
      { index: 0, className: 'cat', probability: 0.25 },
    ]);
  });

  it('gives scores where the numbers are no probabilities, and five of them', () => {
    const predicted = topClasses(Float32Array.of(-1, 3.5, 0, 2, 3.5, 1));
    expect(predicted).toEqual([
      { index: 1, score: 3.5 },
      { index: 4, score: 3.5 },
      { index: 3, score: 2 },
      { index: 5, score: 1 },
      { index: 2, score: 0 },
    ]);
    expect(topClasses(Float32Array.of(0.5, 0.75), [], 1)).toEqual([{ index: 1, score: 0.75 }]);
  });

  it('takes a single number for a probability after a sigmoid alone', () => {
    expect(topClasses(Float32Array.of(0.75), ['no', 'yes'], 5, 'sigmoid')).toEqual([
      { index: 1, className: 'yes', probability: 0.75 },
      { index: 0, className: 'no', probability: 0.25 },
    ]);
    expect(topClasses(Float32Array.of(0.75), ['no', 'yes'], 5, 'linear')).toEqual([]);
  });

  it('puts last what is no number', () => {
    expect(topClasses(Float32Array.of(Number.NaN, -2, 1)).map(({ index }) => index)).toEqual([2, 1, 0]);
  });
});

describe('areProbabilities', () => {
  it('lets the sum be off by less than a thousandth', () => {
    expect(areProbabilities([0.5, 0.4995])).toBe(true);
    expect(areProbabilities([0.5, 0.498])).toBe(false);
    expect(areProbabilities([1.5, -0.5])).toBe(false);
  });
});

/** Sums the four pixels into three classes, times 1, 2 and -1. */
function buildSums(activation: 'linear' | 'softmax'): LayersModel {
  const model = sequential({
    layers: [
      layers.flatten({ inputShape: [2, 2, 1] }),
      layers.dense({ units: 3, activation, useBias: false }),
    ],
  });
  model.setWeights([tensor([1, 2, -1, 1, 2, -1, 1, 2, -1, 1, 2, -1], [4, 3])]);
  return model;
}

const white = { data: new Float32Array(4).fill(0.5), shape: [2, 2, 1] };

describe('predictClasses', () => {
  beforeAll(() => useWasmBackend());

  it('says what any layers model predicts, an entry an image, and leaves no tensor', async () => {
    const model = buildSums('linear');
    const before = memory().numTensors;
    const batch = { data: Float32Array.of(0.5, 0.5, 0.5, 0.5, -1, -1, -1, -1), shape: [2, 2, 2, 1] };
    expect(await predictClasses(model, batch, { count: 2, classNames: ['a', 'b', 'c'] })).toEqual([
      [
        { index: 1, className: 'b', score: 4 },
        { index: 0, className: 'a', score: 2 },
      ],
      [
        { index: 2, className: 'c', score: 4 },
        { index: 0, className: 'a', score: -4 },
      ],
    ]);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('has probabilities of a network that ends with softmax', async () => {
    const model = buildSums('softmax');
    const [[best, second] = []] = await predictClasses(model, white);
    // e^4 / (e^4 + e^2 + e^-2)
    expect(best!.index).toBe(1);
    expect(best!.probability).toBeCloseTo(0.8789, 3);
    expect(second!.probability).toBeCloseTo(0.119, 3);
    model.dispose();
  });

  it('has two classes of a network that ends with one sigmoid', async () => {
    const model = sequential({
      layers: [
        layers.flatten({ inputShape: [2, 2, 1] }),
        layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: 'ones' }),
      ],
    });
    // 1 / (1 + e^-2)
    const [[best, other] = []] = await predictClasses(model, white, { classNames: ['no', 'yes'] });
    expect(best).toEqual({ index: 1, className: 'yes', probability: expect.closeTo(0.8808, 3) });
    expect(other).toEqual({ index: 0, className: 'no', probability: expect.closeTo(0.1192, 3) });
    model.dispose();
  });

  it.each([
    ['Identity', 'score'],
    ['Softmax', 'probability'],
  ] as const)('says what a graph model predicts that ends with %s', async (op, kind) => {
    const { graph, image, constant, node } = writeGraph();
    const input = image('image', [-1, 2, 2, 1]);
    const flat = node('net/flat', 'Reshape', [input, constant('to', [2], [-1, 4], 'int32')]);
    const kernel = constant('kernel', [4, 3], [1, 2, -1, 1, 2, -1, 1, 2, -1, 1, 2, -1]);
    const sums = node('net/sums', 'MatMul', [flat, kernel], { transpose_a: false, transpose_b: false });
    node('Identity', 'Identity', [node('net/end', op, [sums])]);
    const model = await loadGraph(graph);
    const before = memory().numTensors;
    const [[best] = []] = await predictClasses(model, white);
    expect(best!.index).toBe(1);
    expect(best![kind]).toBeCloseTo(kind === 'score' ? 4 : 0.8789, 3);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('refuses a network that tells no classes apart, and names that are not one a class', async () => {
    const model = buildSums('linear');
    const before = memory().numTensors;
    await expect(predictClasses(model, white, { classNames: ['a', 'b'] })).rejects.toThrow(
      'classNames: expected 3 names, one for each class, got 2',
    );
    await expect(predictClasses(model, white, { classNames: 'abc' as never })).rejects.toThrow(TypeError);
    await expect(predictClasses(model, white, { count: 0 })).rejects.toThrow('count: expected');
    const maps = sequential({
      layers: [layers.conv2d({ inputShape: [2, 2, 1], filters: 2, kernelSize: 1 })],
    });
    await expect(predictClasses(maps, white)).rejects.toThrow(
      'model: expected one that puts out a number for each class, [batch, classes]',
    );
    maps.dispose();
    const one = sequential({
      layers: [layers.flatten({ inputShape: [2, 2, 1] }), layers.dense({ units: 1 })],
    });
    await expect(predictClasses(one, white)).rejects.toThrow(/got one that puts out \[1, 1\] by the layer/);
    one.dispose();
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('a picture for an input that has no channels', () => {
  beforeAll(() => useWasmBackend());

  /** Puts its 4 × 4 values out as they are. */
  const build = (inputShape: number[]) =>
    sequential({
      layers: [
        layers.reshape({ inputShape, targetShape: [16] }),
        layers.dense({ units: 16, kernelInitializer: 'identity' }),
      ],
    });
  const bytes = Uint8Array.from({ length: 16 }, (_, at) => at * 17);

  it.each([[[4, 4]], [[16]]])('becomes the values of %j, from 0 to 1', async (inputShape) => {
    const model = build(inputShape);
    const before = memory().numTensors;
    const picture = { width: 4, height: 4, data: bytes };
    const [predicted = []] = await predictClasses(model, picture, { count: 16 });
    expect(predicted.map(({ index }) => index)).toEqual([
      15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
    expect(predicted[0]!.score).toBe(1);
    expect(predicted[10]!.score).toBeCloseTo(1 / 3, 6);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('becomes grey, is resized if asked to, and preprocessed', async () => {
    const model = build([4, 4]);
    const data = Uint8Array.from({ length: 3 * 64 }, (_, at) => [255, 0, 0][at % 3]!);
    const picture = { width: 8, height: 8, data };
    await expect(predictClasses(model, picture)).rejects.toThrow('img: expected [4, 4, 1]');
    const [predicted = []] = await predictClasses(model, picture, { resize: true, preprocess: 'none' });
    // 0.2126 of red
    expect(predicted[0]!.score).toBeCloseTo(54.213, 3);
    model.dispose();
  });

  it('stays what it is where numbers with a shape are given', async () => {
    const model = build([4, 4]);
    const [predicted = []] = await predictClasses(model, { data: bytes, shape: [4, 4] });
    expect(predicted[0]!.score).toBe(255);
    model.dispose();
  });

  it('has to have a square to go into', async () => {
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [17] })] });
    await expect(predictClasses(model, { width: 4, height: 4, data: bytes })).rejects.toThrow(
      'img: expected numbers for the shape [?, 17], which is that of no grey picture and no square, got a picture',
    );
    model.dispose();
  });
});
