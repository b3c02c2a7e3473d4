// Draws the pictures of the README and of docs/ with the built package: node scripts/drawDocs.js
// With a folder it draws them there, all but that of the explorer, for a test that compares them.
// Every machine draws the same: titles are in a font that comes with the development packages.
import './ensureBuilt.js';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { interpolateInferno } from 'd3-scale-chromatic';
import {
  createColormap,
  createFigure,
  loadArticleCnn,
  predictClasses,
  visualizeDifference,
  visualizeKernels,
  visualizeLayers,
} from 'layerscope';
import { schemeColormap } from 'layerscope/colormaps';
import { drawDigit } from 'layerscope/data';
import { recordFilm, renderAnimatedSvg, renderApng } from 'layerscope/film';
import { saveFile } from 'layerscope/node';
import { renderOverlay } from 'layerscope/overlay';
import { encodeImage, renderPng } from 'layerscope/png';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { drawExplorer } from './drawExplorer.js';
import { drawTerminal } from './drawTerminal.js';

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));

/** What a picture may weigh, so that the README loads at once. */
const LARGEST_FILE = 40_000;
const LARGEST_SCREENSHOT = 120_000;
const LARGEST_FILM = 60_000;

const folder = process.argv[2];
const FONT = 'DejaVu Sans of the docs';
GlobalFonts.registerFromPath(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')), FONT);

const digit = drawDigit(3);
const model = await loadArticleCnn();
const [conv1, conv2] = await visualizeLayers(model, digit);
const [pooled, probabilities] = await visualizeLayers(model, digit, { layers: ['flatten', 'dense'] });
// The same picture in a range that the network was not trained with.
const [, outOfRange] = await visualizeLayers(model, digit, { preprocess: 'tf' });
const [beforeRelu] = await visualizeLayers(model, digit, { layers: ['conv1'], preActivation: true });
// Of all ten digits the 1 leaves the most maps of conv2 without a value.
const [, sparse] = await visualizeLayers(model, drawDigit(1));
const kernels = await visualizeKernels(model, 'conv1', { columns: 8 });

// Narrow enough for the column of text on a page, which would have to shrink them and blur their pixels.
await save('digit.png', await png(drawInput(), { pixelSize: 6 }));
await save('conv1.png', await png(conv1.figure, { pixelSize: 3 }));
await save('conv2.png', await png(conv2.figure, { pixelSize: 7 }));
const range = createFigure(outOfRange.activation, { title: 'Layer: conv2, fed -1..1' });
await save('range.png', await png(range, { pixelSize: 7 }));
await save('conv2.svg', renderSvg(conv2.figure, { pixelSize: 7 }));
await save('columns.png', await png(createFigure(conv1.activation, { columns: 4 }), { pixelSize: 3 }));
await save('kernels.png', await png(kernels.figure, { pixelSize: 12 }));
await drawKernels();
await save('gap.png', await png(createFigure(conv2.activation, { gap: 4 }), { pixelSize: 6 }));
await save('colormap.png', await png(drawInferno(), { pixelSize: 7 }));
await drawOptions();
await drawDifference();
await drawFilm();
await save('overlay.png', encodeImage(drawOverlay()));
await save('colours.png', await png(drawColourRules(), { pixelSize: 10, background: '#dddddd' }));
const shared = createFigure(conv2.activation, { scaling: 'layer' });
await save('color-bar.png', await png(shared, { pixelSize: 7, colorBar: true }));
await save('color-bars.png', await png(conv2.figure, { pixelSize: 7, colorBar: true }));
await save('terminal.png', drawTerminal(renderTerminal(conv2.figure, { width: 96 })));
await save('open.png', drawTerminal(await writeSession()));
model.dispose();
const explorer = folder === undefined ? await drawExplorer() : undefined;
if (folder !== undefined) console.log('explorer.png was left out.');
else if (explorer) await save('explorer.png', explorer, LARGEST_SCREENSHOT);
else console.log('explorer.png was left as it is: no Chromium was found.');

/** What the command shows of a file that has been opened: the same network, with names for its classes. */
async function writeSession() {
  const classNames = ['nil', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  const [classes] = await predictClasses(model, digit, { classNames });
  const likeliest = classes.map(
    ({ className, probability }) => `${className} (${(100 * probability).toFixed(2)} %)`,
  );
  return [
    '$ npx layerscope three.png --model mnist.keras --layers conv2 --labels names.txt',
    'input: 28 × 28 × 1, values 0..1 (--preprocess tf for -1..1)',
    `predicted: ${likeliest.join(', ')}`,
    renderTerminal(conv2.figure, { width: 96 }),
  ].join('\n');
}

/** A picture for each of the other options of a figure. */
async function drawOptions() {
  const zero = { scaling: { per: 'layer', center: 0 }, colormap: schemeColormap('RdBu') };
  const wide = { scaling: { percentiles: [5, 95] }, belowColor: 'white', aboveColor: '#d62728' };
  await saveFigure('scaling-layer.png', conv1.activation, { scaling: 'layer' }, 3, true);
  await saveFigure('scaling-center.png', beforeRelu.activation, zero, 3, true);
  await saveFigure('scaling-percentiles.png', conv1.activation, wide, 3);
  await saveFigure('scaling-log.png', conv2.activation, { scaling: { log: true }, belowColor: '#bbbbbb' }, 7);
  await saveFigure('channels.png', conv2.activation, { sort: 'maximum', first: 8 }, 7);
  await saveFigure('dead.png', sparse.activation, { markDead: true }, 7);
  await saveFigure('strip.png', probabilities.activation, {}, 40);
  await saveFigure('block.png', pooled.activation, {}, 12);
  await saveFigure('sequence.png', makeSequence(), {}, 6);
  await saveFigure('slices.png', makeVolume(), { slice: 'all' }, 5);
  await saveFigure('many.png', makeStripes(), {}, 4);
  await saveFigure('combine.png', conv1.activation, { combine: 'mean' }, 9);
}

/** Kernels of other kinds than those of conv1: a network of two convolutions, with weights that look learnt. */
async function drawKernels() {
  const network = sequential({
    layers: [
      layers.conv2d({ name: 'conv1', inputShape: [32, 32, 3], filters: 24, kernelSize: 9, useBias: false }),
      layers.conv2d({ name: 'pointwise', filters: 48, kernelSize: 1, useBias: false }),
    ],
  });
  const kernels = [tensor(makeGratings(), [9, 9, 3, 24]), tensor(makeMixture(), [1, 1, 24, 48])];
  for (const [index, kernel] of kernels.entries()) {
    network.layers[index].setWeights([kernel]);
    kernel.dispose();
  }
  const [inColor, matrix] = await Promise.all([
    visualizeKernels(network, 'conv1', { rgb: true }),
    visualizeKernels(network, 'pointwise'),
  ]);
  await save('kernels-rgb.png', await png(inColor.figure, { pixelSize: 5 }));
  await save('kernels-matrix.png', await png(matrix.figure, { pixelSize: 9, colorBar: true }));
  network.dispose();
}

/** Gratings of 24 directions and widths, every other one without colour, as `[height, width, inputs, outputs]`. */
function makeGratings() {
  return Float32Array.from({ length: 9 * 9 * 3 * 24 }, (_, at) => {
    const [window, input, output] = [Math.floor(at / 72), Math.floor(at / 24) % 3, at % 24];
    const [x, y] = [(window % 9) - 4, Math.floor(window / 9) - 4];
    const [angle, frequency] = [output * 0.7, 0.5 + (output % 5) * 0.25];
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    const hue = output % 2 ? 1 : Math.cos(output + input * 2.1);
    return hue * Math.exp(-(x * x + y * y) / 8) * Math.cos(frequency * along + output);
  });
}

/** Weights of which some outputs are much alike, `[inputs, outputs]`. */
function makeMixture() {
  return Float32Array.from({ length: 24 * 48 }, (_, at) => {
    const [input, output] = [Math.floor(at / 48), at % 48];
    return (
      Math.cos(input * 1.3 + (output % 6)) * Math.sin(output * 0.7 + 0.2 * input) * (1 - (output % 5) / 6)
    );
  });
}

/** What a late layer may put out: 200 maps of 7 × 7, each a stripe of another direction. */
function makeStripes() {
  const [size, channels] = [7, 200];
  const data = Float32Array.from({ length: size * size * channels }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    const [x, y] = [(pixel % size) - 3, Math.floor(pixel / size) - 3];
    return Math.max(0, Math.cos(0.8 * (x * Math.cos(channel) + y * Math.sin(channel)) + channel / 3));
  });
  return { layerName: 'conv5', className: 'Conv2D', shape: [1, size, size, channels], data };
}

async function drawDifference() {
  const [{ first, second, difference }] = await visualizeDifference(
    { model, img: digit },
    { img: drawDigit(8) },
  );
  await save('difference-first.png', await png(first.figure, { pixelSize: 3 }));
  await save('difference-second.png', await png(second.figure, { pixelSize: 3 }));
  await save('difference.png', await png(difference.figure, { pixelSize: 3, colorBar: true }));
}

/** What conv1 sees in each of the ten digits. */
async function drawFilm() {
  const recorder = recordFilm(model, digit, { layers: ['conv1'], scaling: 'batch', first: 8, columns: 4 });
  for (let value = 0; value < 10; value++) await recorder.record(`digit ${value}`, drawDigit(value));
  const [{ figures }] = recorder.films();
  const timing = { delay: 600, hold: 600, pixelSize: 3 };
  const film = await renderApng(figures, { ...timing, createCanvas, fontFamily: FONT });
  await save('film.png', film, LARGEST_FILM);
  await save('film.svg', renderAnimatedSvg(figures, timing), LARGEST_FILM);
  const files = await Promise.all(figures.map((figure) => png(figure, { pixelSize: 3 })));
  console.log(
    `The frames of film.png as files of their own: ${files.reduce((sum, { length }) => sum + length, 0)} bytes`,
  );
}

function drawOverlay() {
  const figure = createFigure(conv2.activation, { sort: 'maximum', first: 8 });
  return renderOverlay(figure, {
    img: digit,
    resampling: 'bilinear',
    pixelSize: 3,
    gap: 4,
    background: 'white',
  });
}

async function saveFigure(name, activation, options, pixelSize, colorBar = false) {
  await save(name, await png(createFigure(activation, options), { pixelSize, colorBar }));
}

/** What a one-dimensional convolution may put out: waves of sixteen frequencies, each loudest at another step. */
function makeSequence() {
  const [steps, channels] = [100, 16];
  const data = Float32Array.from({ length: steps * channels }, (_, at) => {
    const [step, channel] = [Math.floor(at / channels), at % channels];
    const loudness = Math.exp(-(((step - 6 * channel - 5) / 14) ** 2));
    return Math.max(0, loudness * Math.cos((step * (channel + 2)) / 12));
  });
  return { layerName: 'conv1d', className: 'Conv1D', shape: [1, steps, channels], data };
}

/** What a three-dimensional convolution may put out: a ball, a tilted disc and a gradient, cut into four slices. */
function makeVolume() {
  const [depth, size] = [4, 24];
  const shapes = [
    (x, y, z) => Math.max(0, 1 - Math.hypot(x, y, z)),
    (x, y, z) => Math.exp(-30 * (z - x / 2) ** 2) * Math.max(0, 1 - Math.hypot(x, y)),
    (x, y, z) => x + y + 2 * z,
  ];
  const at = (index, count) => (2 * index) / (count - 1) - 1;
  const data = [];
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        data.push(...shapes.map((shape) => shape(at(x, size), at(y, size), at(z + 0.5, depth + 1))));
      }
    }
  }
  const shape = [1, depth, size, size, shapes.length];
  return { layerName: 'conv3d', className: 'Conv3D', shape, data: Float32Array.from(data) };
}

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
  return renderPng(figure, { createCanvas, fontFamily: FONT, ...options });
}

async function save(name, data, largest = LARGEST_FILE) {
  if (data.length > largest)
    throw new RangeError(`${name}: expected at most ${largest} bytes, got ${data.length}`);
  await saveFile(join(folder ?? IMAGES, name), data);
  console.log(`${name}: ${data.length} bytes`);
}
