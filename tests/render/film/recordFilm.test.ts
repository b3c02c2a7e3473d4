import { memory, ones, tensor, zeros } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { drawDigit } from '../../../src/data/drawDigit';
import { drawDigits } from '../../../src/data/drawDigits';
import { buildArticleCnn } from '../../../src/model/article/buildArticleCnn';
import { createActivationModel } from '../../../src/model/createActivationModel';
import { recordFilm } from '../../../src/render/film/recordFilm';
import { registerTrainingKernels } from '../../../src/training/registerTrainingKernels';
import { trainArticleCnn } from '../../../src/training/trainArticleCnn';
import { visualizeLayers } from '../../../src/visualizeLayers';

/** One convolution of 1 × 1 with one weight, which is what comes out of an image of ones. */
function build(weight: number): LayersModel {
  const model = sequential({
    layers: [
      layers.conv2d({ name: 'conv1', filters: 1, kernelSize: 1, useBias: false, inputShape: [2, 2, 1] }),
      layers.flatten(),
      layers.dense({ units: 1, kernelInitializer: 'ones' }),
    ],
  });
  setWeight(model, weight);
  return model;
}

function setWeight(model: LayersModel, weight: number) {
  const kernel = tensor([weight], [1, 1, 1, 1]);
  model.layers[0]!.setWeights([kernel]);
  kernel.dispose();
}

const image = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2, 1] };

describe('recordFilm', () => {
  let model: LayersModel;
  beforeEach(async () => {
    await useWasmBackend();
    await registerTrainingKernels();
    model = build(1);
  });
  afterEach(() => model.dispose());

  async function fit(callbacks: object, epochs = 2) {
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [xs, ys] = [ones([6, 2, 2, 1]), zeros([6, 1])];
    await model.fit(xs, ys, { epochs, batchSize: 2, callbacks });
    xs.dispose();
    ys.dispose();
  }

  it('combines the maps of each frame, on a scale of the combined ones', async () => {
    const wide = sequential({
      layers: [
        layers.conv2d({ name: 'conv1', filters: 2, kernelSize: 1, useBias: false, inputShape: [2, 2, 1] }),
      ],
    });
    const film = recordFilm(wide, image, { combine: 'sum', scaling: 'batch' });
    for (const weights of [
      [1, 2],
      [3, -1],
    ]) {
      const kernel = tensor(weights, [1, 1, 1, 2]);
      wide.layers[0]!.setWeights([kernel]);
      kernel.dispose();
      await film.record(`sum ${weights[0]! + weights[1]!}`);
    }
    const [{ figures }] = film.films() as [ReturnType<typeof film.films>[number]];
    expect(figures.map(({ title }) => title)).toEqual([
      'Layer: conv1 (sum of 2 maps), sum 3',
      'Layer: conv1 (sum of 2 maps), sum 2',
    ]);
    // The image is 1 to 4: sums of 3 to 12, then of 2 to 8.
    expect(figures.map(({ domain, tiles }) => [domain, tiles[0]!.min, tiles[0]!.max])).toEqual([
      [[2, 12], 3, 12],
      [[2, 12], 2, 8],
    ]);
    film.dispose();
    wide.dispose();
  });

  it('keeps a frame before the training and one after each epoch', async () => {
    const before = await visualizeLayers(model, image);
    const film = recordFilm(model, image);
    await fit(film.callbacks);
    const [{ layer, figures }] = film.films() as [ReturnType<typeof film.films>[number]];
    expect(layer).toBe('conv1');
    expect(figures.map(({ title }) => title)).toEqual([
      'Layer: conv1, epoch 0',
      'Layer: conv1, epoch 1',
      'Layer: conv1, epoch 2',
    ]);
    const after = await visualizeLayers(model, image);
    expect(figures[0]!.tiles).toEqual(before[0]!.figure.tiles);
    expect(figures[2]!.tiles).toEqual(after[0]!.figure.tiles);
    expect(figures[1]!.tiles[0]!.max).not.toBe(figures[2]!.tiles[0]!.max);
    film.dispose();
  });

  it('keeps one every so many batches, counted over the epochs', async () => {
    const film = recordFilm(model, image, { every: 2, title: 'Mine' });
    await fit(film.callbacks, 3); // 3 batches an epoch
    const titles = film.films()[0]!.figures.map(({ title }) => title);
    expect(titles).toEqual([
      'Mine, batch 0',
      'Mine, batch 2',
      'Mine, batch 4',
      'Mine, batch 6',
      'Mine, batch 8',
    ]);
  });

  it('leaves no tensor behind', async () => {
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const before = memory().numTensors;
    const film = recordFilm(model, image);
    for (let step = 0; step < 3; step++) await film.record(`step ${step}`);
    film.films();
    film.dispose();
    expect(memory().numTensors).toBe(before);
    expect(film.films()[0]!.figures).toHaveLength(3);
    await expect(film.record('late')).rejects.toThrow('activationModel: expected a live activation model');
  });

  it.each([
    // Values 1..4, then twice as much: each frame by itself; both on 1..8.
    ['map', [0, 255], undefined],
    ['batch', [0, 109], [1, 8]],
    ['all', [0, 109], [1, 8]],
    [[0, 16] as const, [16, 64], [0, 16]],
  ] as const)('shares the scale of its frames as asked: %j', async (scaling, indices, domain) => {
    const film = recordFilm(model, image, { scaling });
    await film.record('one');
    setWeight(model, 2);
    await film.record('two');
    const [one, two] = film.films()[0]!.figures;
    // t · 256: 3 / 7 is 109.7 of 256, 1 / 16 and 4 / 16 are 16 and 64.
    expect([one!.tiles[0]!.indices[0], one!.tiles[0]!.indices[3]]).toEqual(indices);
    expect([one!.domain, two!.domain]).toEqual([domain, domain]);
  });

  it('is of several images where it is given them', async () => {
    const made = createActivationModel(model);
    const film = recordFilm(made, image);
    await film.record('first');
    await film.record('second', { data: Float32Array.of(5, 5, 5, 9), shape: [2, 2, 1] });
    const { figures } = film.films()[0]!;
    expect(figures.map(({ tiles }) => tiles[0]!.max)).toEqual([4, 9]);
    film.dispose();
    expect(await visualizeLayers(made, image)).toHaveLength(1);
    made.dispose();
  });

  it("goes along with the article's training", async () => {
    const network = buildArticleCnn({ seed: 1 });
    const film = recordFilm(network, drawDigit(3), { scaling: 'batch' });
    await trainArticleCnn(drawDigits(64, { seed: 2 }), {
      model: network,
      epochs: 2,
      seed: 1,
      onEpoch: ({ epoch }) => film.record(`epoch ${epoch}`),
    });
    expect(film.films().map(({ layer, figures }) => [layer, figures.length])).toEqual([
      ['conv1', 2],
      ['conv2', 2],
    ]);
    network.dispose();
  });

  it('hands on what goes wrong while it records', async () => {
    const film = recordFilm(model, { data: new Float32Array(9), shape: [3, 3, 1] });
    await expect(fit(film.callbacks)).rejects.toThrow('img: expected [2, 2, 1]');
    await expect(film.record('x')).rejects.toThrow('img: expected [2, 2, 1]');
    await film.record('y', image);
    expect(film.films()[0]!.figures).toHaveLength(1);
    expect(recordFilm(model, image).films()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['every: 0', { every: 0 }, "every: expected 'epoch' or a whole number of batches of at least 1, got 0"],
    ['every: batch', { every: 'batch' }, "every: expected 'epoch' or a whole number of batches"],
    ['a scaling', { scaling: 'much' }, 'scaling: expected'],
    ['layers', { layers: 'pool' }, 'layers: expected to match a layer'],
    ['preActivation', { preActivation: 1 }, 'preActivation: expected true or false'],
    ['options', null as never, 'options: expected an object, got null'],
  ])('refuses %s', (_, options, message) => {
    expect(() => recordFilm(model, image, options)).toThrow(message);
  });

  it('refuses at the first frame what cannot be drawn, and labels that are none', async () => {
    await expect(recordFilm(model, image, { columns: 0 }).record('x')).rejects.toThrow('columns: expected');
    await expect(recordFilm(model, image).record(3 as never)).rejects.toThrow(
      'label: expected a string, got 3',
    );
    const made = createActivationModel(model);
    expect(() => recordFilm(made, image, { layers: 'conv' })).toThrow('layers: expected none');
    expect(() => recordFilm(made, image, { preActivation: true })).toThrow('preActivation: expected none');
  });
});
