import { memory, tensor, zeros } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../src/backend/useWasmBackend';
import { renderSvg } from '../src/render/svg/renderSvg';
import { visualizeKernels } from '../src/visualizeKernels';

/** A convolution of 1 × 2 windows over 2 inputs with 3 outputs, whose weights are 0, 1, … 11 less 5. */
function build(): LayersModel {
  const model = sequential({
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [4, 4, 2], filters: 3, kernelSize: [1, 2] }),
      layers.depthwiseConv2d({ name: 'deep', kernelSize: 3 }),
      layers.flatten({ name: 'flat' }),
    ],
  });
  const kernel = tensor([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6], [1, 2, 2, 3]);
  model.layers[0]!.setWeights([kernel, zeros([3])]);
  kernel.dispose();
  return model;
}

describe('visualizeKernels', () => {
  beforeAll(() => useWasmBackend());

  it('draws a row an input and a column an output, 0 in the middle of the colours', async () => {
    const model = build();
    const before = memory().numTensors;
    const { shape, weights, figure, output } = await visualizeKernels(model, 'conv');
    expect(memory().numTensors).toBe(before);
    expect(shape).toEqual([1, 2, 2, 3]);
    expect([...weights]).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
    expect(figure.title).toBe('Kernels: conv');
    expect([figure.columns, figure.rows, figure.domain]).toEqual([3, 2, [-6, 6]]);
    // Input 1, output 2: weights 0 and 6. t = 0.5 is index 128, t = 1 is 255.
    const tile = figure.tiles[1 * 3 + 2]!;
    expect([...tile.indices]).toEqual([128, 255]);
    expect([tile.min, tile.max]).toEqual([0, 6]);
    expect([output.width, output.height]).toEqual([3 * 2 + 2, 2 + 1]);
    model.dispose();
  });

  it('takes a renderer and the options of a figure', async () => {
    const model = build();
    const { output } = await visualizeKernels(model, 'conv', { title: 'Mine', renderer: renderSvg });
    expect(output).toContain('<title>Mine</title>');
    const { figure } = await visualizeKernels(model, 'deep', { scaling: 'map' });
    expect([figure.columns, figure.tiles.length, figure.domain]).toEqual([3, 3, undefined]);
    model.dispose();
  });

  it('draws windows of 1 × 1 as a matrix, and kernels over three inputs in colour', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({
          name: 'seen',
          inputShape: [4, 4, 3],
          filters: 2,
          kernelSize: [1, 2],
          useBias: false,
        }),
        layers.conv2d({ name: 'point', filters: 4, kernelSize: 1 }),
        layers.separableConv2d({ name: 'apart', filters: 3, kernelSize: 1 }),
        layers.conv2dTranspose({ name: 'up', filters: 2, kernelSize: 1 }),
        layers.depthwiseConv2d({ name: 'deep', kernelSize: 1 }),
      ],
    });
    const kernel = tensor([1, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0], [1, 2, 3, 2]);
    model.layers[0]!.setWeights([kernel]);
    kernel.dispose();
    const before = memory().numTensors;
    const { figure, shape, output } = await visualizeKernels(model, 'seen', { rgb: true });
    expect(shape).toEqual([1, 2, 3, 2]);
    expect(figure.tiles.map(({ rgb }) => [...rgb!])).toEqual([
      [255, 128, 128, 128, 128, 128],
      [128, 128, 128, 0, 128, 128],
    ]);
    expect([...output.data.subarray(0, 4)]).toEqual([255, 128, 128, 255]);
    const titles = ['point', 'apart', 'up', 'deep'].map(async (layer) => {
      return (await visualizeKernels(model, layer)).figure.title;
    });
    expect(await Promise.all(titles)).toEqual([
      'Kernels: point, 2 inputs × 4 outputs',
      'Kernels: apart, 4 inputs',
      'Kernels: up, 2 outputs × 3 inputs',
      'Kernels: deep, 2 inputs',
    ]);
    await expect(visualizeKernels(model, 'point', { rgb: true })).rejects.toThrow(
      new RangeError('rgb: expected a convolution of 3 inputs, got 2, of "point"'),
    );
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('refuses what has no such kernel, and names what has', async () => {
    const model = build();
    await expect(visualizeKernels(model, 'flat')).rejects.toThrow(
      new RangeError(
        'layer: expected the path of a two-dimensional convolution, got "flat"; the model has "conv", "deep"',
      ),
    );
    await expect(visualizeKernels(model, 3 as never)).rejects.toThrow('got 3; the model has');
    await expect(visualizeKernels({} as never, 'conv')).rejects.toThrow('model: expected a layers model');
    await expect(visualizeKernels(model, 'conv', { renderer: 1 as never })).rejects.toThrow(
      'renderer: expected',
    );
    await expect(visualizeKernels(model, 'conv', { columns: 0 })).rejects.toThrow('columns: expected');
    model.dispose();
  });
});
