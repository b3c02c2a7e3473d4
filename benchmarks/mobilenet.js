// A network of MobileNet's size, with random weights: all activations in one pass, and a figure of each layer.
// npm run bench:mobilenet
import { engine, memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { computeActivations, createActivationModel, createFigure, useWasmBackend } from 'layerscope';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';
import { describeMachine } from './machine.js';
import { goalTable, LARGE, table, writePart } from './report.js';
import { summarize } from './statistics.js';

const ROUNDS = 7;
const SIZE = 224;

/** Filters and strides of the 13 blocks of MobileNet (Howard et al., 2017, table 1). */
const BLOCKS = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

await useWasmBackend();
const model = build();
const values = Float32Array.from({ length: SIZE * SIZE * 3 }, (_, at) => (Math.sin(at * 12.9898) + 1) / 2);
const img = { data: values, shape: [SIZE, SIZE, 3] };
const activationModel = createActivationModel(model, () => true);
const STEPS = ['forward', 'figures', 'rgba', 'png', 'copied', 'touched'];
const times = Object.fromEntries(STEPS.map((name) => [name, []]));
let count = 0;
let cells = 0;
for (let round = 0; round < ROUNDS; round++) {
  const activations = await time('forward', () => computeActivations(activationModel, img));
  const figures = await time('figures', () => activations.map((activation) => createFigure(activation)));
  const images = await time('rgba', () => figures.map((figure) => renderRgba(figure)));
  count = activations.reduce((sum, { data }) => sum + data.length, 0);
  cells = images.reduce((sum, { data }) => sum + data.length / 4, 0);
  const room = activations.map(({ data }) => new Float32Array(data.length).fill(1));
  // What no way of drawing can do without: the values read once, and the pixels written once into memory that is new.
  await time('copied', () => room.forEach((copy, layer) => void copy.set(activations[layer].data)));
  await time('touched', () => images.map(({ data }) => new Uint32Array(data.length / 4).fill(round + 1)));
}
const activations = await computeActivations(activationModel, img);
const figures = activations.map((activation) => createFigure(activation));
await time('png', async () => {
  for (const figure of figures) await renderPng(figure, { pixelSize: 1, title: false });
});
const heap = engine().backend.wasm.HEAPU8.length;
const leaked = memory().numTensors - model.weights.length;

const drawing = times.figures.map((figure, round) => figure + times.rgba[round]);
const ratio = (numerators) => summarize(numerators.map((each, round) => each / times.forward[round]));
const row = (name, list, values) => {
  const { low, median, high } = summarize(list);
  const [share, each] =
    list.length === ROUNDS ? [ratio(list).median.toFixed(2), (median * 1e6) / values] : [''];
  return [
    name,
    median.toFixed(0),
    list.length > 1 ? `${low.toFixed(0)}–${high.toFixed(0)}` : '',
    share,
    each?.toFixed(1) ?? '',
  ];
};
const share = ratio(drawing).median;
const text = [
  LARGE,
  '',
  `Written by \`npm run bench:mobilenet\`: MobileNet with random weights, an image of ${SIZE} × ${SIZE}, ${model.layers.length} layers whose`,
  `${(count / 1e6).toFixed(1)} million values are all computed in one pass, read and drawn. The ratio is to the pass of the same round.`,
  '',
  table(['', ''], describeMachine(), 'll'),
  '',
  goalTable([
    {
      goal: 'drawing, figures and RGBA: at most a fifth of the pass',
      measured: share.toFixed(2),
      reached: share <= 0.2,
    },
    { goal: 'tensors left behind', measured: String(leaked), reached: leaked === 0 },
  ]),
  '',
  table(
    [`${ROUNDS} rounds`, 'ms', 'quartiles', 'ratio', 'ns a value'],
    [
      row('all activations: one pass, and read', times.forward, count),
      row('a figure of each layer', times.figures, count),
      row('RGBA of each figure, a pixel a value', times.rgba, cells),
      row('for comparison: the values copied into memory that is there', times.copied, count),
      row(
        'for comparison: as many pixels filled with one colour, in memory that is new',
        times.touched,
        cells,
      ),
      row('PNG of each figure, a pixel a value, once', times.png, cells),
    ],
    'lrrrr',
  ),
  '',
  `Peak memory ${megabytes(process.resourceUsage().maxRSS * 1024)}, of which the heap of the backend has ${megabytes(heap)}.`,
  '',
].join('\n');
console.log(text);
await writePart(LARGE, text);
activationModel.dispose();
model.dispose();

function build() {
  const list = [
    layers.conv2d({
      inputShape: [SIZE, SIZE, 3],
      filters: 32,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      useBias: false,
    }),
    layers.batchNormalization(),
    layers.reLU({ maxValue: 6 }),
  ];
  for (const [filters, strides] of BLOCKS) {
    list.push(
      layers.depthwiseConv2d({ kernelSize: 3, strides, padding: 'same', useBias: false }),
      layers.batchNormalization(),
      layers.reLU({ maxValue: 6 }),
      layers.conv2d({ filters, kernelSize: 1, useBias: false }),
      layers.batchNormalization(),
      layers.reLU({ maxValue: 6 }),
    );
  }
  list.push(layers.globalAveragePooling2d({}), layers.dense({ units: 1000, activation: 'softmax' }));
  return sequential({ layers: list });
}

async function time(name, work) {
  const start = performance.now();
  const result = await work();
  times[name].push(performance.now() - start);
  return result;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
