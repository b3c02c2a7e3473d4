import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit } from 'layerscope/data';

const model = await loadArticleCnn();
const renderer = (figure) => renderCanvas(figure, { title: false, background: 'transparent' });
const figures = await visualizeLayers(model, drawDigit(3), { renderer });
for (const { layer, output } of figures) document.querySelector('main').append(layer, output);
model.dispose();
