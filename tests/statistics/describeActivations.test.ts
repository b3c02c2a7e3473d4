import { spawnSync } from 'node:child_process';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { Activation } from '../../src/common/types';
import { drawDigit } from '../../src/data/drawDigit';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { createActivationModel } from '../../src/model/createActivationModel';
import { describeActivations } from '../../src/statistics/describeActivations';
import { type DatasetState, describeDataset } from '../../src/statistics/describeDataset';
import type { LayerStatistics } from '../../src/statistics/LayerStatistics';
import { addActivation } from '../../src/statistics/layerState';
import { randomSource } from '../training/random';

function activationOf(shape: number[], data: ArrayLike<number>): Activation {
  return { layerName: 'layer', className: 'Conv2D', shape, data: Float32Array.from(data) };
}

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

describe('describeActivations', () => {
  it('describes the layer, and map by map', () => {
    // Two maps: 0, 2, 4, 6 and 0, 0, 0, 0.
    const statistics = describeActivations(activationOf([1, 2, 2, 2], [0, 0, 2, 0, 4, 0, 6, 0]), { bins: 4 });
    expect(statistics).toMatchObject({
      layerName: 'layer',
      className: 'Conv2D',
      images: 1,
      count: 8,
      minimum: 0,
      maximum: 6,
      mean: 1.5,
      zeros: 5 / 8,
      nans: 0,
      infinities: 0,
      dead: [1],
      histogram: { from: 0, binWidth: 2, counts: [5, 1, 1, 1] },
    });
    // The squares are 56 in sum: 56 / 8 - 1.5².
    expect(statistics.standardDeviation).toBeCloseTo(Math.sqrt(4.75), 12);
    expect(statistics.maps[0]).toMatchObject({ channel: 0, minimum: 0, maximum: 6, mean: 3, zeros: 0.25 });
    expect(statistics.maps[0]!.standardDeviation).toBeCloseTo(Math.sqrt(5), 12);
    expect(statistics.maps[1]).toMatchObject({
      channel: 1,
      minimum: 0,
      maximum: 0,
      mean: 0,
      standardDeviation: 0,
      zeros: 1,
    });
  });

  it('says that NaN has been lost, and nothing of it otherwise', () => {
    const activation = activationOf([1, 2, 1], [0, 1]);
    expect(describeActivations({ ...activation, lostNaN: true }).lostNaN).toBe(true);
    expect(describeActivations(activation)).not.toHaveProperty('lostNaN');
    const once = addActivation(addActivation(undefined, { ...activation, lostNaN: true }, 4), activation, 4);
    expect([once.images, once.lostNaN]).toEqual([2, true]);
  });

  it('counts what is not finite and leaves it out of the rest', () => {
    const data = [Number.NaN, 1, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY];
    expect(describeActivations(activationOf([1, 5, 1], data), { bins: 2 })).toMatchObject({
      minimum: 1,
      maximum: 3,
      mean: 2,
      standardDeviation: 1,
      count: 5,
      nans: 0.2,
      infinities: 0.4,
      dead: [],
    });
    const nothing = describeActivations(activationOf([1, 1], [Number.NaN]));
    expect(nothing).toMatchObject({
      minimum: Number.NaN,
      mean: Number.NaN,
      standardDeviation: Number.NaN,
      nans: 1,
    });
    expect(nothing.histogram.counts).toEqual([]);
  });

  it('does not lose a small spread beside a large mean', () => {
    // Floats around 2²⁰ are 1/16 apart.
    const values = [2 ** 20, 2 ** 20 + 0.5, 2 ** 20 + 1, 2 ** 20 + 1.5];
    // Four channels of one value, which are put together, and one channel of four.
    const four = describeActivations(activationOf([1, 4], values));
    const one = describeActivations(activationOf([4, 1], values));
    for (const { mean, standardDeviation } of [four, one]) {
      expect(mean).toBe(2 ** 20 + 0.75);
      expect(standardDeviation).toBeCloseTo(Math.sqrt(0.3125), 12);
    }
    expect(one.maps).toHaveLength(1);
  });

  it('has a histogram of all values, whatever they are', () => {
    for (const values of [
      [7, 7, 7],
      [-1e-45, 1e-45],
      [-3e38, 3e38],
      [0, 1e30, -1e-30],
      [1e8, 1e8 + 8],
    ]) {
      const { histogram } = describeActivations(activationOf([values.length], values), { bins: 8 });
      expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      expect(histogram.counts.length).toBeLessThanOrEqual(8);
      const end = histogram.from + histogram.binWidth * histogram.counts.length;
      for (const value of Float32Array.from(values))
        expect(value >= histogram.from && value < end).toBe(true);
    }
  });

  it.runIf(hasNumpy)('agrees with numpy', () => {
    const data = randomSource(3).floats(2 * 5 * 4 * 3);
    const { maps, standardDeviation, mean, histogram } = describeActivations(
      activationOf([2, 5, 4, 3], data),
    );
    const script = `
import json, sys, numpy
request = json.load(sys.stdin)
v = numpy.array(request['data'], dtype=numpy.float32).astype(float).reshape(2, 5, 4, 3)
edges = request['from'] + request['width'] * numpy.arange(request['bins'] + 1)
print(json.dumps([v.mean(), v.std(), v.mean(axis=(0, 1, 2)).tolist(), v.std(axis=(0, 1, 2)).tolist(),
  v.min(axis=(0, 1, 2)).tolist(), numpy.histogram(v, edges)[0].tolist()]))`;
    const { stdout } = spawnSync('python3', ['-c', script], {
      input: JSON.stringify({
        data: [...data],
        from: histogram.from,
        width: histogram.binWidth,
        bins: histogram.counts.length,
      }),
      encoding: 'utf8',
    });
    const [theirMean, theirDeviation, means, deviations, minima, counts] = JSON.parse(stdout);
    expect(mean).toBeCloseTo(theirMean, 12);
    expect(standardDeviation).toBeCloseTo(theirDeviation, 12);
    maps.forEach((map, channel) => {
      expect(map.mean).toBeCloseTo(means[channel], 12);
      expect(map.standardDeviation).toBeCloseTo(deviations[channel], 12);
      expect(map.minimum).toBe(minima[channel]);
    });
    expect(histogram.counts).toEqual(counts);
  });

  it.each([
    [null, {}, 'activation: expected'],
    [activationOf([1, 3], [1]), {}, 'activation: expected 3 values'],
    [activationOf([1, 1], [1]), { bins: 1 }, 'bins: expected a whole number from 2 to 65536, got 1'],
    [
      activationOf([1, 1], [1]),
      { bins: 2 ** 31 },
      'bins: expected a whole number from 2 to 65536, got 2147483648',
    ],
    [activationOf([1, 1], [1]), 7, 'options: expected an object, got 7'],
  ])('refuses %j with %j', (activation, options, message) => {
    expect(() => describeActivations(activation as never, options as never)).toThrow(message);
  });
});

describe('describeDataset', () => {
  beforeAll(() => useWasmBackend());
  const digits = Array.from({ length: 10 }, (_, digit) => drawDigit(digit));

  function expectAlike(one: LayerStatistics, other: LayerStatistics) {
    expect(one.mean).toBeCloseTo(other.mean, 12);
    expect(one.standardDeviation).toBeCloseTo(other.standardDeviation, 12);
    expect({ ...one, maps: [], mean: 0, standardDeviation: 0 }).toEqual({
      ...other,
      maps: [],
      mean: 0,
      standardDeviation: 0,
    });
    one.maps.forEach((map, channel) => {
      expect(map.mean).toBeCloseTo(other.maps[channel]!.mean, 12);
      expect(map.standardDeviation).toBeCloseTo(other.maps[channel]!.standardDeviation, 12);
    });
  }

  it('says of images one by one what is true of all at once, in any order', async () => {
    const model = await loadArticleCnn();
    const activationModel = createActivationModel(model, ['conv2', 'dense']);
    const before = memory().numTensors;
    const data = new Uint8Array(10 * 784);
    digits.forEach((digit, index) => {
      data.set(digit.data as Uint8Array, index * 784);
    });
    const all = await computeActivations(activationModel, { data, shape: [10, 28, 28, 1] });
    const expected = all.map((activation) => describeActivations(activation));
    async function* later() {
      for (const digit of [...digits].reverse()) yield digit;
    }
    for (const images of [digits, later()]) {
      const statistics = await describeDataset(activationModel, images);
      statistics.forEach((layer, index) => {
        expectAlike(layer, expected[index]!);
      });
    }
    expect(expected[0]).toMatchObject({ images: 10, count: 10 * 11 * 11 * 32 });
    expect(expected[1]!.maps).toHaveLength(10);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('brings the values into the range that it is told', async () => {
    const model = await loadArticleCnn();
    const [layer] = await describeDataset(model, digits.slice(0, 2), { layers: 'conv1', preprocess: 'tf' });
    const batch = {
      data: Float32Array.from([...digits[0]!.data, ...digits[1]!.data], (byte) => byte / 127.5 - 1),
      shape: [2, 28, 28, 1],
    };
    const [activation] = await computeActivations(createActivationModel(model, 'conv1'), batch);
    expect(layer!.mean).toBeCloseTo(describeActivations(activation!).mean, 6);
    model.dispose();
  });

  it('can be stopped, and taken up again from what was written as JSON', async () => {
    const model = await loadArticleCnn();
    const before = memory().numTensors;
    const whole = await describeDataset(model, digits, { layers: 'conv1' });
    const controller = new AbortController();
    let last: DatasetState | undefined;
    const stopped = describeDataset(model, digits, {
      layers: 'conv1',
      signal: controller.signal,
      onProgress(state) {
        last = state;
        if (state.entries === 4) controller.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(last!.entries).toBe(4);
    const entries: number[] = [];
    const resumed = await describeDataset(model, digits, {
      layers: 'conv1',
      resume: JSON.parse(JSON.stringify(last)),
      onProgress: (state) => entries.push(state.entries),
    });
    expect(entries).toEqual([5, 6, 7, 8, 9, 10]);
    expect(resumed).toEqual(whole);
    expect(memory().numTensors).toBe(before);

    const refused: [unknown, object, string][] = [
      [7, {}, 'images: expected an iterable of images, got 7'],
      [[], {}, 'images: expected at least one, got none'],
      [digits, { bins: 0 }, 'bins: expected'],
      [digits, { onProgress: 1 }, 'onProgress: expected a function, got 1'],
      [digits, { resume: {} }, 'resume: expected what onProgress was given, got an object'],
      [digits, { resume: last, layers: 'conv2' }, 'resume: expected the layers conv2, got conv1'],
      [['digit'], {}, 'img: expected'],
    ];
    for (const [images, options, message] of refused) {
      await expect(describeDataset(model, images as never, options)).rejects.toThrow(message);
    }
    await expect(describeDataset(createActivationModel(model), digits, { layers: 'conv' })).rejects.toThrow(
      'layers: expected none',
    );
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
