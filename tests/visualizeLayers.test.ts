import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawDigit } from '../src/data/drawDigit';
import { loadArticleCnn } from '../src/model/article/loadArticleCnn';
import { createActivationModel } from '../src/model/createActivationModel';
import { renderPng } from '../src/render/png/renderPng';
import { renderRgba } from '../src/render/rgba/renderRgba';
import { renderSvg } from '../src/render/svg/renderSvg';
import { visualizeLayers } from '../src/visualizeLayers';

describe('visualizeLayers', () => {
  const three = drawDigit(3);
  let model: LayersModel;
  beforeAll(async () => {
    model = await loadArticleCnn();
  });
  afterAll(() => model.dispose());

  it("draws the article's figures as RGBA where nothing else is said", async () => {
    const figures = await visualizeLayers(model, three);
    expect(figures.map(({ layer }) => layer)).toEqual(['conv1', 'conv2']);
    const [first, second] = figures;
    expect(first!.activation).toMatchObject({ layerName: 'conv1', shape: [1, 26, 26, 16] });
    expect(first!.figure).toMatchObject({
      title: 'Layer: conv1',
      columns: 8,
      rows: 2,
      width: 215,
      height: 53,
    });
    expect(second!.figure).toMatchObject({
      title: 'Layer: conv2',
      columns: 8,
      rows: 4,
      width: 95,
      height: 47,
    });
    expect(first!.output).toEqual(renderRgba(first!.figure));
  });

  it('passes the options on to their stages', async () => {
    const figures = await visualizeLayers(
      model,
      { ...drawDigit(7) },
      {
        layers: ['conv2'],
        columns: 4,
        gap: 3,
        title: 'second',
        renderer: (figure) => renderSvg(figure, { pixelSize: 2 }),
      },
    );
    expect(figures).toHaveLength(1);
    expect(figures[0]!.figure).toMatchObject({ title: 'second', columns: 4, rows: 8, width: 4 * 11 + 3 * 3 });
    expect(figures[0]!.output).toMatch(/^<svg .*width="106"/);
  });

  it('waits for renderers that return a promise', async () => {
    const [first] = await visualizeLayers(model, three, { renderer: renderPng });
    expect(first!.output).toBeInstanceOf(Uint8Array);
    expect([...first!.output.subarray(1, 4)]).toEqual([80, 78, 71]);
  });

  it('takes any function of a figure as a renderer', async () => {
    const figures = await visualizeLayers(model, three, { renderer: (figure) => figure.tiles.length });
    expect(figures.map(({ output }) => output)).toEqual([16, 32]);
  });

  it('takes an activation model made before, and leaves it alive', async () => {
    const activationModel = createActivationModel(model, 'conv2');
    for (const digit of [0, 1]) {
      const [figure] = await visualizeLayers(activationModel, drawDigit(digit));
      expect(figure!.layer).toBe('conv2');
    }
    await expect(visualizeLayers(activationModel, three, { layers: 'conv1' })).rejects.toThrow(
      'layers: expected none, since the activation model has chosen its layers already',
    );
    activationModel.dispose();
    await expect(visualizeLayers(activationModel, three)).rejects.toThrow('got one that has been disposed');
  });

  it('gives the same again, also when called at the same time', async () => {
    const [one, two, other] = await Promise.all([
      visualizeLayers(model, three),
      visualizeLayers(model, three),
      visualizeLayers(model, drawDigit(4)),
    ]);
    const bytes = (figures: typeof one) => Buffer.from(figures[0]!.output.data);
    expect(bytes(one).equals(bytes(two))).toBe(true);
    expect(bytes(one).equals(bytes(other))).toBe(false);
  });

  it('leaves no tensor and no byte behind in 1,000 calls', async () => {
    await visualizeLayers(model, three);
    const before = memory();
    for (let call = 0; call < 1000; call++) await visualizeLayers(model, three);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });

  it('leaves none behind where a stage or the renderer throws', async () => {
    const before = memory().numTensors;
    const renderer = () => Promise.reject(new Error('no ink'));
    await expect(visualizeLayers(model, three, { renderer })).rejects.toThrow('no ink');
    await expect(visualizeLayers(model, three, { columns: 0 })).rejects.toThrow(/^columns:/);
    await expect(visualizeLayers(model, three, { layers: 'pool3' })).rejects.toThrow(/^layers:/);
    await expect(visualizeLayers(model, three, { scaling: { percentiles: [9, 1] } })).rejects.toThrow(
      /^scaling\.percentiles:/,
    );
    expect(memory().numTensors).toBe(before);
  });

  it.each<[object, string]>([
    [
      { renderer: 'svg' },
      'renderer: expected a function of a figure, such as renderSvg of layerscope/svg, got "svg"',
    ],
    [
      { renderer: 'terminal' },
      'renderer: expected a function of a figure, such as renderTerminal of layerscope/terminal, got "terminal"',
    ],
    [{ layer: 'conv1' }, 'layer: unknown option; did you mean layers?'],
    [{ scale: 'layer' }, 'scale: unknown option; did you mean scaling?'],
    [{ pixelSize: 4 }, 'pixelSize: unknown option; there are '],
    [{ scaling: { pre: 'layer' } }, 'scaling.pre: unknown option; did you mean scaling.per?'],
    [{ columns: 1.5 }, 'columns: expected a whole number of at least 1, got 1.5'],
    [{ resize: 'yes' }, 'resize: expected true, false or \'antialias\', got "yes"'],
    [{ image: 1 }, "image: expected an index below the batch's 1, got 1"],
  ])('refuses %j', async (options, message) => {
    await expect(visualizeLayers(model, three, options as never)).rejects.toThrow(message);
  });

  it('refuses what is no model', async () => {
    await expect(visualizeLayers(null as never, three)).rejects.toThrow(
      'model: expected a layers model of TensorFlow.js, got null',
    );
  });
});
