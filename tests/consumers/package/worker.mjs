import '@tensorflow/tfjs-backend-cpu';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { loadArticleCnn, useWasmBackend, visualizeLayers } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { renderPng } from 'layerscope/png';
import { renderSvg } from 'layerscope/svg';

function expect(holds, what) {
  if (!holds) throw new Error(`expected ${what}`);
}

/** Is run by `workerd test`, which fails where it throws. */
export default {
  async test() {
    const refusal = await useWasmBackend().then(
      () => 'none',
      ({ message }) => message,
    );
    expect(/this runtime compiles no WebAssembly while it runs/.test(refusal), `a refusal, got ${refusal}`);
    await setBackend('cpu');
    const model = await loadArticleCnn();
    const figures = await visualizeLayers(model, drawDigit(3));
    expect(getBackend() === 'cpu', `the backend of the app, got ${getBackend()}`);
    expect(figures.map(({ layer }) => layer).join() === 'conv1,conv2', 'figures of conv1 and conv2');
    for (const { figure } of figures) {
      expect(renderSvg(figure).includes('<title>Layer: conv'), 'an SVG');
      const [first, ...rest] = await renderPng(figure);
      expect(first === 0x89 && rest.length > 1000, 'a PNG');
    }
    model.dispose();
  },
};
