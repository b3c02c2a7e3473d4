import {
  drawDigit,
  loadArticleCnn,
  renderCanvas,
  tf,
  visualizeLayers,
} from './node_modules/layerscope/dist/standalone.js';

const model = await loadArticleCnn();
const img = drawDigit(3);
const pictures = await visualizeLayers(model, img);
const figures = await visualizeLayers(model, img, { renderer: (figure) => renderCanvas(figure) });
document.querySelector('main').append(...figures.map(({ output }) => output));
model.dispose();
window.result = { backend: tf.getBackend(), pictures: pictures.map(({ output }) => output) };
