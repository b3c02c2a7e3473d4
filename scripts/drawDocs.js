// Draws the pictures of the README and of docs/ with the built package: node scripts/drawDocs.js
// The same machine draws the same bytes each time; titles depend on the fonts that it has.
import './ensureBuilt.js';
import { fileURLToPath } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { interpolateInferno } from 'd3-scale-chromatic';
import { createColormap, createFigure, loadArticleCnn, visualizeKernels, visualizeLayers } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { saveFile } from 'layerscope/node';
import { renderPng } from 'layerscope/png';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { drawExplorer } from './drawExplorer.js';
import { drawTerminal } from './drawTerminal.js';

/** What a picture may weigh, so that the README loads at once. */
const LARGEST_FILE = 40_000;
const LARGEST_SCREENSHOT = 120_000;

const digit = drawDigit(3);
const model = await loadArticleCnn();
const [conv1, conv2] = await visualizeLayers(model, digit);
const kernels = await visualizeKernels(model, 'conv1', { columns: 8 });
model.dispose();

// Narrow enough for the column of text on a page, which would have to shrink them and blur their pixels.
await save('digit.png', await png(drawInput(), { pixelSize: 6 }));
await save('conv1.png', await png(conv1.figure, { pixelSize: 3 }));
await save('conv2.png', await png(conv2.figure, { pixelSize: 7 }));
await save('conv2.svg', renderSvg(conv2.figure, { pixelSize: 7 }));
await save('columns.png', await png(createFigure(conv1.activation, { columns: 4 }), { pixelSize: 3 }));
await save('kernels.png', await png(kernels.figure, { pixelSize: 12 }));
await save('gap.png', await png(createFigure(conv2.activation, { gap: 4 }), { pixelSize: 6 }));
await save('colormap.png', await png(drawInferno(), { pixelSize: 7 }));
await save('colours.png', await png(drawColourRules(), { pixelSize: 10, background: '#dddddd' }));
const shared = createFigure(conv2.activation, { scaling: 'layer' });
await save('color-bar.png', await png(shared, { pixelSize: 7, colorBar: true }));
await save('color-bars.png', await png(conv2.figure, { pixelSize: 7, colorBar: true }));
await save('terminal.png', drawTerminal(renderTerminal(conv2.figure, { width: 96 })));
const explorer = await drawExplorer();
if (explorer) await save('explorer.png', explorer, LARGEST_SCREENSHOT);
else console.log('explorer.png was left as it is: no Chromium was found.');

/** The picture that goes in, by the way that feature maps go: as a map of one channel, in greys. */
function drawInput() {
  const data = Float32Array.from(digit.data);
  const activation = { layerName: 'input', className: 'InputLayer', shape: [1, 28, 28, 1], data };
  return createFigure(activation, { title: 'The input', colormap: createColormap('grey', toGrey) });
}

function toGrey(t) {
  const byte = Math.round(255 * t);
  return `rgb(${byte}, ${byte}, ${byte})`;
}

function drawInferno() {
  const colormap = createColormap('inferno', interpolateInferno);
  return createFigure(conv2.activation, { colormap, title: 'Layer: conv2, inferno' });
}

/** Five maps that show how values get their colours: a hill, one 1000 times as high, a constant, no finite value, a hole. */
function drawColourRules() {
  const size = 13;
  const hill = (x, y) => Math.exp(-((x - 6) ** 2 + (y - 6) ** 2) / 18);
  const hole = (x, y) => (Math.hypot(x - 6, y - 6) < 3 ? Number.NaN : hill(x, y));
  const maps = [hill, (x, y) => 1000 * hill(x, y), () => 7, () => Number.POSITIVE_INFINITY, hole];
  const data = new Float32Array(size * size * maps.length);
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (const [channel, map] of maps.entries()) {
      data[pixel * maps.length + channel] = map(pixel % size, Math.floor(pixel / size));
    }
  }
  const activation = { layerName: 'rules', className: 'Conv2D', shape: [1, size, size, maps.length], data };
  return createFigure(activation, {
    title: 'a hill · 1000 × as high · a constant · only infinities · NaN inside',
  });
}

function png(figure, options) {
  return renderPng(figure, { createCanvas, fontFamily: 'sans-serif', ...options });
}

async function save(name, data, largest = LARGEST_FILE) {
  if (data.length > largest)
    throw new RangeError(`${name}: expected at most ${largest} bytes, got ${data.length}`);
  await saveFile(fileURLToPath(new URL(`../docs/images/${name}`, import.meta.url)), data);
  console.log(`docs/images/${name}: ${data.length} bytes`);
}
