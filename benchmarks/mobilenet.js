// A network of MobileNet's size, with random weights: all activations in one pass, and a figure of each layer.
// npm run bench:mobilenet
import { engine, memory, setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { computeActivations, createActivationModel, createFigure, useWasmBackend } from 'layerscope';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';

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
const times = { forward: [], figures: [], rgba: [], png: [] };
let pictures = 0;
let count = 0;
for (let round = 0; round < ROUNDS; round++) {
  const activations = await time('forward', () => computeActivations(activationModel, img));
  const figures = await time('figures', () => activations.map((activation) => createFigure(activation)));
  const images = await time('rgba', () => figures.map((figure) => renderRgba(figure)));
  pictures = images.length;
  count = activations.reduce((sum, { data }) => sum + data.length, 0);
}
const activations = await computeActivations(activationModel, img);
for (const figure of activations.map((activation) => createFigure(activation))) {
  await time('png', () => renderPng(figure, { pixelSize: 1, title: false }));
}
const heap = engine().backend.wasm.HEAPU8.length;
console.log(
  `${model.layers.length} layers, ${pictures} figures of ${(count / 1e6).toFixed(1)} million values`,
);
const forward = median(times.forward);
const drawing = median(times.figures) + median(times.rgba);
report('activations, one pass and read back', forward);
report('figures', median(times.figures));
report('RGBA, a pixel a value', median(times.rgba));
report(
  'PNG of all, once',
  times.png.reduce((sum, each) => sum + each, 0),
);
console.log(`figures and RGBA: ${(drawing / forward).toFixed(2)} of the pass (goal 0.2)`);
console.log(
  `peak memory: ${megabytes(process.resourceUsage().maxRSS * 1024)}, of it the backend's heap ${megabytes(heap)}`,
);
console.log(`tensors: ${memory().numTensors}, all of them weights`);
activationModel.dispose();
model.dispose();
await setBackend('wasm');

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

function median(numbers) {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function report(name, milliseconds) {
  console.log(`${name}: ${milliseconds.toFixed(0)} ms`);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
