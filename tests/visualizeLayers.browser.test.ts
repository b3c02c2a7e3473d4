import { getBackend, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../src/backend/useWasmBackend';
import { loadArticleCnn } from '../src/model/article/loadArticleCnn';
import { renderCanvas } from '../src/render/canvas/renderCanvas';
import { visualizeLayers } from '../src/visualizeLayers';
import conv1Url from './fixtures/article-cnn/conv1.bin?url';
import conv2Url from './fixtures/article-cnn/conv2.bin?url';
import inputUrl from './fixtures/article-cnn/input.bin?url';
import { fetchFloats, loadReferenceModelInPage } from './loadReferenceModelInPage';

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
    const model = await loadReferenceModelInPage();
    const img = { data: await fetchFloats(inputUrl), shape: [14, 28, 28, 1] };
    const figures = await visualizeLayers(model, img);
    for (const [index, url] of [conv1Url, conv2Url].entries()) {
      const expected = await fetchFloats(url);
      const { data } = figures[index]!.activation;
      expect(data.length).toBe(expected.length);
      expect(
        data.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0),
      ).toBeLessThan(1e-5);
    }
    model.dispose();
  });
});
