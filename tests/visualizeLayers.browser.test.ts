import { getBackend, memory, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../src/backend/useWasmBackend';
import { buildArticleCnn } from '../src/model/buildArticleCnn';
import { loadArticleCnn } from '../src/model/loadArticleCnn';
import { renderCanvas } from '../src/render/renderCanvas';
import { visualizeLayers } from '../src/visualizeLayers';
import conv1Url from './fixtures/article-cnn/conv1.bin?url';
import conv2Url from './fixtures/article-cnn/conv2.bin?url';
import inputUrl from './fixtures/article-cnn/input.bin?url';

const weightUrls = import.meta.glob('./fixtures/article-cnn/weights.*.bin', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The network with the weights that PyTorch computed the reference numbers with. */
async function loadReferenceModel(): Promise<LayersModel> {
  const model = buildArticleCnn({ seed: 0 });
  const weights = await Promise.all(
    model.weights.map(async ({ originalName, shape }) => {
      const file = `./fixtures/article-cnn/weights.${originalName.replace('/', '.')}.bin`;
      return tensor(await readFloats(weightUrls[file]!), shape as number[]);
    }),
  );
  model.setWeights(weights);
  for (const weight of weights) weight.dispose();
  return model;
}

async function readFloats(url: string): Promise<Float32Array> {
  return new Float32Array(await (await fetch(url)).arrayBuffer());
}

describe('visualizeLayers in a browser', () => {
  it('finds the WASM file and the weights with no path, and says nothing', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const model = await loadArticleCnn();
    expect(getBackend()).toBe('wasm');
    const before = memory().numTensors;
    const figures = await visualizeLayers(model, new ImageData(28, 28), { renderer: renderCanvas });
    expect(figures.map(({ output }) => output)).toEqual([
      expect.any(HTMLCanvasElement),
      expect.any(HTMLCanvasElement),
    ]);
    expect(memory().numTensors).toBe(before);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    model.dispose();
  });

  it("is within 1e-5 of PyTorch's numbers for a whole batch", async () => {
    await useWasmBackend();
    const model = await loadReferenceModel();
    const img = { data: await readFloats(inputUrl), shape: [14, 28, 28, 1] };
    const figures = await visualizeLayers(model, img);
    for (const [index, url] of [conv1Url, conv2Url].entries()) {
      const expected = await readFloats(url);
      const { data } = figures[index]!.activation;
      expect(data.length).toBe(expected.length);
      expect(
        data.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0),
      ).toBeLessThan(1e-5);
    }
    model.dispose();
  });
});
