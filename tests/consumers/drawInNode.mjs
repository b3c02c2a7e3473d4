// Writes what Node draws to the standard output: the bytes of each figure, and its file on each background.
import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { renderPng } from 'layerscope/png';

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const model = await loadArticleCnn();
const drawn = [];
for (const { figure, output } of await visualizeLayers(model, drawDigit(3))) {
  drawn.push({
    picture: { ...output, data: base64(output.data) },
    white: base64(await renderPng(figure)),
    transparent: base64(await renderPng(figure, { background: 'transparent' })),
  });
}
process.stdout.write(JSON.stringify(drawn));
