import { engine, getBackend } from '@tensorflow/tfjs-core';
import { loadArticleCnn, useWasmBackend, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit } from 'layerscope/data';

/** Draws the figures of a 3 twice: as bytes, and on canvases, which go into `main`. */
export async function drawFigures(main, { threads = false } = {}) {
  if (threads) await useWasmBackend({ threads: true });
  const model = await loadArticleCnn();
  const img = drawDigit(3);
  const pictures = await visualizeLayers(model, img);
  const figures = await visualizeLayers(model, img, { renderer: (figure) => renderCanvas(figure) });
  main.append(...figures.map(({ output }) => output));
  model.dispose();
  return {
    backend: getBackend(),
    threads: engine().backend.wasm.tfjs.getThreadsCount(),
    pictures: pictures.map(({ output }) => output),
  };
}
