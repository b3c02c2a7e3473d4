import type { GraphModel } from '@tensorflow/tfjs-converter';
import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawDigit } from '../../src/data/drawDigit';
import { type Explorer, mountExplorer } from '../../src/explorer';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { loadGraph, writeGraph } from '../model/graph/graphDef';

const WINDOW = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NHWC', dilations: [1, 1, 1, 1] };
const HALVE = { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: 'VALID', data_format: 'NHWC' };

/** The article's network as TensorFlow writes it, behind names such as the converter leaves. */
function asGraph(model: LayersModel, isBranched: boolean): Promise<GraphModel> {
  const writer = writeGraph();
  const scope = 'StatefulPartitionedCall/cnn';
  const weight = (layer: string, index: number) => {
    const variable = model.getLayer(layer).weights[index]!;
    return writer.constant(
      `${scope}/${layer}/${index}`,
      variable.shape as number[],
      variable.read().dataSync(),
    );
  };
  const convolve = (layer: string, from: string) => {
    const sum = writer.node(`${scope}/${layer}/Conv2D`, 'Conv2D', [from, weight(layer, 0)], WINDOW);
    const biased = writer.node(`${scope}/${layer}/BiasAdd`, 'BiasAdd', [sum, weight(layer, 1)]);
    return writer.node(`${scope}/${layer}/Relu`, 'Relu', [biased]);
  };
  let at = writer.image('input', [-1, 28, 28, 1]);
  if (isBranched) {
    // A branch that is always taken, which tfjs-converter only runs asynchronously.
    const yes = writer.constant('yes', [], [1], 'int32');
    const isTrue = writer.node('isTrue', 'Cast', [yes], { DstT: 'DT_BOOL' });
    at = writer.node('either', 'Merge', [writer.node('switch', 'Switch', [at, isTrue]), 'switch:1']);
  }
  at = writer.node(`${scope}/pool1/MaxPool`, 'MaxPool', [convolve('conv1', at)], HALVE);
  at = writer.node(`${scope}/pool2/MaxPool`, 'MaxPool', [convolve('conv2', at)], HALVE);
  at = writer.node(`${scope}/flat`, 'Reshape', [at, writer.constant('to', [2], [-1, 800], 'int32')]);
  at = writer.node(`${scope}/dense/MatMul`, 'MatMul', [at, weight('dense', 0)], {
    transpose_a: false,
    transpose_b: false,
  });
  at = writer.node(`${scope}/dense/BiasAdd`, 'BiasAdd', [at, weight('dense', 1)]);
  writer.node('Identity', 'Identity', [writer.node(`${scope}/dense/Softmax`, 'Softmax', [at])]);
  return loadGraph(writer.graph);
}

let layers: LayersModel;
let place: HTMLElement;
let explorer: Explorer | undefined;

beforeAll(async () => {
  await page.viewport(1200, 900);
  layers = await loadArticleCnn();
});

beforeEach(() => {
  place = document.createElement('main');
  document.body.append(place);
});

afterEach(() => {
  explorer?.destroy();
  explorer = undefined;
  place.remove();
});

const textsOf = (selector: string) =>
  [...place.querySelectorAll(selector)].map(({ textContent }) => textContent);

describe.each([
  ['a graph model', false],
  ['a graph model with a branch', true],
])('mountExplorer with %s', (_, isBranched) => {
  let graph: GraphModel;
  beforeAll(async () => {
    graph = await asGraph(layers, isBranched);
  });

  it('shows what it shows of the same network as layers', async () => {
    const show = async (model: LayersModel | GraphModel) => {
      explorer = mountExplorer(place, model);
      await explorer.update(drawDigit(3));
      const shown = {
        captions: textsOf('.layerscope-layer > p'),
        output: textsOf('.layerscope-output li'),
        pixels: [...place.querySelectorAll<HTMLCanvasElement>('.layerscope-layer canvas')].map((canvas) =>
          canvas.toDataURL(),
        ),
      };
      explorer.destroy();
      return shown;
    };
    const [ofGraph, ofLayers] = [await show(graph), await show(layers)];
    expect(ofGraph).toEqual(ofLayers);
    expect(ofGraph.output).toHaveLength(10);
    expect(ofGraph.pixels.length).toBeGreaterThan(1);
  });

  it('names layers shortly, and has their kernels and receptive fields', async () => {
    explorer = mountExplorer(place, graph);
    await explorer.update(drawDigit(3));
    const before = memory().numTensors;
    expect(textsOf('.layerscope-name')).toEqual(['conv1/Relu', 'conv2/Relu']);
    const second = place.querySelectorAll<HTMLElement>('.layerscope-layer')[1]!;
    const button = second.querySelector<HTMLElement>('.layerscope-tiles button')!;
    await userEvent.click(button);
    expect(textsOf('.layerscope-detail h3')).toEqual(['conv2/Relu, map 0 of 32']);
    expect(textsOf('.layerscope-detail h4')[1]).toBe('Kernel, 3 × 3 for each of 16 maps below');
    await userEvent.hover(button, { position: { x: 1, y: 1 } });
    const [saw] = textsOf('.layerscope-sight p:last-child');
    expect(saw).toMatch(
      isBranched ? /^sees at most rows 0–27, columns 0–27/ : /^sees rows 0–7, columns 0–7 of the input/,
    );
    expect(memory().numTensors).toBe(before);
  });

  it('keeps no tensor', async () => {
    const before = memory().numTensors;
    explorer = mountExplorer(place, graph, { layers: ['pool1/MaxPool', 'StatefulPartitionedCall/cnn/flat'] });
    await explorer.update(drawDigit(5));
    expect(textsOf('.layerscope-name')).toEqual(['pool1/MaxPool', 'flat']);
    explorer.destroy();
    expect(memory().numTensors).toBe(before);
  });
});
