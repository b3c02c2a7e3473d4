// The first program of the guide as one may write it, too: it awaits at the top level, and whoever imports it waits.
import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit } from 'layerscope/data';

const model = await loadArticleCnn();
const figures = await visualizeLayers(model, drawDigit(3), { renderer: (figure) => renderCanvas(figure) });
for (const { output } of figures) document.querySelector('main').append(output);
model.dispose();
