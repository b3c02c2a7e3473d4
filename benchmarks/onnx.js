// MobileNetV2 from an ONNX file: a pass through it against the same network as a layers model and against onnxruntime-web, and what
// opening the file takes. npm run bench:onnx

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memory, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/open';
import * as ort from 'onnxruntime-web';
import { startTorchvision } from '../scripts/torchvision.js';
import { buildMobilenetV2 } from './buildMobilenetV2.js';
import { interleave } from './interleave.js';
import { describeMachine } from './machine.js';
import { goalTable, ONNX, table, writeGroup, writePart } from './report.js';

const NETWORK = 'mobilenet_v2_224';

const torchvision = await startTorchvision();
if (!torchvision) {
  console.log(
    'torchvision was not found, which gives the network. On Debian: apt-get install python3-torchvision',
  );
  process.exit();
}
const { file, image, output } = await torchvision.export(NETWORK);
torchvision.stop();
await useWasmBackend();

const opened = await openModel(file);
const layersModel = buildMobilenetV2(readWeights(opened.model));
const given = tidy(() => transpose(tensor(image.values, image.shape), [0, 2, 3, 1]));
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(file);
const feeds = { image: new ort.Tensor('float32', image.values, image.shape) };

function predict(model) {
  const result = model.predict(given);
  const values = result.dataSync();
  result.dispose();
  return [values];
}

const before = memory().numTensors;
const pass = await interleave({
  title: 'A pass',
  note: 'The classifier’s outputs for one image of 224 × 224, read.',
  reference: 'the same as a layers model',
  rounds: 21,
  tolerance: 1e-4 * Math.max(...output.values.map(Math.abs)),
  contestants: {
    'the same as a layers model': { run: () => predict(layersModel), values: (result) => result },
    'opened from ONNX': { run: () => predict(opened.model), values: (result) => result },
    'onnxruntime-web, one thread': {
      run: async () => [(await session.run(feeds)).output.data],
      values: (result) => result,
    },
  },
});
const leaked = memory().numTensors - before;

const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
const path = join(folder, 'network.onnx');
writeFileSync(path, file);
const shapes = Object.values(opened.model.weights).flatMap((list) =>
  list.map(({ shape, size }) => ({ shape, size })),
);
const count = shapes.reduce((sum, { size }) => sum + size, 0);
opened.dispose();
const opening = await interleave({
  title: 'Opening',
  note: `A file of ${megabytes(file.length)}, read from the disk until it is a model whose weights lie in the backend, and let go again.`,
  reference: 'the bytes read and copied into tensors of the weights’ shapes',
  rounds: 21,
  contestants: {
    'the bytes read and copied into tensors of the weights’ shapes': { run: () => copyWeights(path) },
    'openModel of the bytes': {
      run: async () => {
        const model = await openModel(readFileSync(path));
        model.dispose();
      },
    },
  },
});
const peak = JSON.parse(
  execFileSync(process.execPath, [fileURLToPath(new URL('onnxMemory.js', import.meta.url)), path], {
    encoding: 'utf8',
  }),
);
rmSync(folder, { recursive: true });

const find = ({ rows }, wanted) => rows.find(({ name }) => name === wanted).ratio.median;
const times = (ratio) => `${ratio.toFixed(2)} ×`;
const passRatio = find(pass, 'opened from ONNX');
const openRatio = find(opening, 'openModel of the bytes');
const memoryRatio = peak.grown / (count * 4);
const text = [
  ONNX,
  '',
  'Written by `npm run bench:onnx`: MobileNetV2 as torchvision has it, with random weights, exported by PyTorch.',
  '',
  table(['', ''], describeMachine(), 'll'),
  '',
  goalTable([
    {
      goal: 'a pass at most 1.2 × that of the same layers model',
      measured: times(passRatio),
      reached: passRatio <= 1.2,
    },
    {
      goal: 'opened in at most 1.5 × the time of reading and copying',
      measured: times(openRatio),
      reached: openRatio <= 1.5,
    },
    {
      goal: 'while it is opened, at most 2.5 × its weights in memory, the file’s bytes included',
      measured: times(memoryRatio),
      reached: memoryRatio <= 2.5,
    },
    { goal: 'tensors left behind', measured: String(leaked), reached: leaked === 0 },
  ]),
  ...[pass, opening].flatMap((group) => ['', ...writeGroup(group)]),
  '',
].join('\n');
console.log(text);
await writePart(ONNX, text);

/** Kernels and biases; what else is constant are the sizes of windows and the like. */
function readWeights({ weights }) {
  return Object.values(weights).flatMap((list) =>
    list.filter(({ dtype, size }) => dtype === 'float32' && size > 8),
  );
}

/** What no way of opening can do without. */
function copyWeights(from) {
  const bytes = readFileSync(from);
  const values = new Float32Array(bytes.buffer, Math.ceil(bytes.byteOffset / 4) * 4, count);
  let at = 0;
  const tensors = shapes.map(({ shape, size }) => {
    const part = tensor(values.subarray(at, at + size), shape);
    at += size;
    return part;
  });
  for (const part of tensors) part.dispose();
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
