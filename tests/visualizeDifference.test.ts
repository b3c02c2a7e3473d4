import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareActivations } from '../src/activations/compareActivations';
import { drawDigit } from '../src/data/drawDigit';
import { diverging } from '../src/figure/color/diverging';
import type { Preprocess } from '../src/image/Preprocess';
import { buildArticleCnn } from '../src/model/article/buildArticleCnn';
import { loadArticleCnn } from '../src/model/article/loadArticleCnn';
import { createActivationModel } from '../src/model/createActivationModel';
import { visualizeDifference } from '../src/visualizeDifference';
import { visualizeLayers } from '../src/visualizeLayers';

const activationOf = (shape: number[], data: number[]) => {
  return { layerName: 'conv', className: 'Conv2D', shape, data: Float32Array.from(data) };
};

describe('compareActivations', () => {
  it('subtracts value by value and leaves both as they are', () => {
    const [first, second] = [activationOf([1, 3], [5, 0, Number.NaN]), activationOf([1, 3], [2, 4, 1])];
    expect([...compareActivations(first, second).data]).toEqual([3, -4, Number.NaN]);
    expect([...first.data]).toEqual([5, 0, Number.NaN]);
    expect(() => compareActivations(first, activationOf([3, 1], [1, 2, 3]))).toThrow(
      'second: expected the shape [1, 3] as the first, got [3, 1]',
    );
    expect(() => compareActivations(first, 7 as never)).toThrow(/^activation: expected/);
  });
});

describe('visualizeDifference', () => {
  let model: LayersModel;
  beforeAll(async () => {
    model = await loadArticleCnn();
  });
  afterAll(() => model.dispose());
  const [three, eight] = [drawDigit(3), drawDigit(8)];

  it('shows two images of one model on one scale, and what they differ by around zero', async () => {
    const before = memory().numTensors;
    const layers = await visualizeDifference({ model, img: three }, { img: eight });
    expect(memory().numTensors).toBe(before);
    const [threes, eights] = [await visualizeLayers(model, three), await visualizeLayers(model, eight)];
    expect(layers.map(({ layer }) => layer)).toEqual(['conv1', 'conv2']);
    layers.forEach(({ first, second, difference }, index) => {
      expect(first.activation).toEqual(threes[index]!.activation);
      expect(second.activation).toEqual(eights[index]!.activation);
      const values = [...first.activation.data, ...second.activation.data];
      expect(first.figure.domain).toEqual([Math.min(...values), Math.max(...values)]);
      expect(second.figure.domain).toEqual(first.figure.domain);
      const most = difference.activation.data.reduce(
        (largest, value) => Math.max(largest, Math.abs(value)),
        0,
      );
      expect(difference.figure.domain).toEqual([-most, most]);
      expect(difference.figure.colormap).toBe(diverging);
      expect(difference.output.width).toBe(difference.figure.width);
    });
    const { first, second, difference } = layers[0]!;
    expect([first, second, difference].map(({ figure }) => figure.title)).toEqual([
      'Layer: conv1, first',
      'Layer: conv1, second',
      'Layer: conv1, first minus second',
    ]);
  });

  it('says that values are those before the activation', async () => {
    const options = { layers: ['conv1'], preActivation: true };
    const [layer] = await visualizeDifference({ model, img: three }, { img: eight }, options);
    const { first, second, difference } = layer!;
    expect([first, second, difference].map(({ figure }) => figure.title)).toEqual([
      'Layer: conv1, first, before relu',
      'Layer: conv1, second, before relu',
      'Layer: conv1, first minus second, before relu',
    ]);
  });

  it('combines the maps of both, and shows what the combined maps differ by', async () => {
    const options = { layers: ['conv1'], combine: 'maximum', channels: [0, 3, 5] } as const;
    const [layer] = await visualizeDifference({ model, img: three }, { img: eight }, options);
    const { first, second, difference } = layer!;
    expect([first, second, difference].map(({ figure }) => figure.title)).toEqual([
      'Layer: conv1, first (maximum of 3 of 16 maps)',
      'Layer: conv1, second (maximum of 3 of 16 maps)',
      'Layer: conv1, first minus second (maximum of 3 of 16 maps)',
    ]);
    for (const { figure } of [first, second, difference])
      expect(figure.tiles.map(({ label }) => label)).toEqual(['maximum of 3 of 16 maps']);
    // All channels stay in the numbers.
    expect(difference.activation.shape).toEqual([1, 26, 26, 16]);
    const largest = ({ data }: { data: Float32Array }) =>
      Array.from({ length: 26 * 26 }, (_, pixel) =>
        Math.max(...[0, 3, 5].map((channel) => data[pixel * 16 + channel]!)),
      );
    const [one, two] = [largest(first.activation), largest(second.activation)];
    expect(first.figure.domain).toEqual([Math.min(...one, ...two), Math.max(...one, ...two)]);
    const differences = one.map((value, pixel) => Math.fround(value - two[pixel]!));
    const { min, max } = difference.figure.tiles[0]!;
    expect([min, max]).toEqual([Math.min(...differences), Math.max(...differences)]);
    expect(difference.figure.tiles).toHaveLength(1);
    const reach = Math.max(-min, max);
    expect(difference.figure.domain).toEqual([-reach, reach]);
  });

  it('shows one image of two models, made or not, and takes the options of a figure', async () => {
    const other = buildArticleCnn({ seed: 1 });
    const before = memory().numTensors;
    const renderer = async () => 'drawn';
    const [conv2] = await visualizeDifference(
      { model: createActivationModel(model, ['conv2']), img: three },
      { model: createActivationModel(other, ['conv2']), img: three },
      { columns: 4, first: 2, renderer },
    );
    expect(conv2!.difference).toMatchObject({ output: 'drawn', figure: { columns: 2 } });
    const same = await visualizeDifference({ model, img: three }, { img: three }, { layers: ['conv1'] });
    expect(
      same[0]!.difference.figure.tiles.every(({ indices }) => indices.every((index) => index === 0)),
    ).toBe(true);
    expect(memory().numTensors).toBe(before);
    other.dispose();
  });

  it.each([
    [null, {}, 'second: expected { model, img }, got null'],
    [{}, {}, 'second.img: expected an image, got undefined'],
    [{ model: null }, {}, 'second.img: expected an image, got undefined'],
    [{ image: three }, {}, 'second.image: unknown option; did you mean second.img?'],
    [{ img: three }, { title: 'x' }, 'title: unknown option; '],
    [{ img: three }, { differenceColormap: 'RdBu' }, 'differenceColormap: expected { name, rgba }'],
    [
      { img: three },
      { renderer: 'svg' },
      'renderer: expected a function of a figure, such as renderSvg of layerscope/svg, got "svg"',
    ],
    [{ img: three }, { columns: 0 }, 'columns: expected'],
    [{ img: three }, null, 'options: expected an object, got null'],
    [{ img: [1] }, {}, 'img: expected'],
  ])('refuses %j and %j', async (second, options, message) => {
    await expect(
      visualizeDifference({ model, img: three }, second as never, options as never),
    ).rejects.toThrow(message);
  });

  it('shows what one image makes of one model in two ranges of values', async () => {
    const [one] = await visualizeDifference(
      { model, img: three },
      { img: three, preprocess: 'tf' },
      { preprocess: 'none', layers: 'conv1' },
    );
    const given = (preprocess: Preprocess) => visualizeLayers(model, three, { preprocess, layers: 'conv1' });
    const [[bytes], [both]] = [await given('none'), await given('tf')];
    expect(one!.first.activation).toEqual(bytes!.activation);
    expect(one!.second.activation).toEqual(both!.activation);
  });

  it('refuses models of which other layers are chosen', async () => {
    const one = createActivationModel(model, ['conv1']);
    await expect(visualizeDifference({ model, img: three }, { model: one, img: three })).rejects.toThrow(
      'second: expected as many layers as the first has, 2, got 1',
    );
    await expect(
      visualizeDifference(
        { model: createActivationModel(model, ['conv2']), img: three },
        { model: one, img: three },
      ),
    ).rejects.toThrow('second: expected the shape [1, 11, 11, 32] as the first, got [1, 26, 26, 16]');
  });
});
