import { engine, getBackend } from '@tensorflow/tfjs-core';
import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit } from 'layerscope/data';

async function draw() {
  const model = await loadArticleCnn();
  const img = drawDigit(3);
  const pictures = await visualizeLayers(model, img);
  const figures = await visualizeLayers(model, img, { renderer: (figure) => renderCanvas(figure) });
  const bitmaps = figures.map(({ output }) => output.transferToImageBitmap());
  postMessage(
    {
      backend: getBackend(),
      threads: engine().backend.wasm.tfjs.getThreadsCount(),
      pictures: pictures.map(({ output }) => output),
      bitmaps,
    },
    bitmaps,
  );
}

// A promise that nobody waits for does not reach the page's `onerror`.
draw().catch(reportError);
