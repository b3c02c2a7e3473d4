// MobileNetV2 from an ONNX file: a pass through it against the same network as a layers model and against onnxruntime-web, and what
// opening the file takes. npm run bench:onnx

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io, memory, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/open';
import * as ort from 'onnxruntime-web';
import { startTorchvision } from '../scripts/torchvision.js';
import { buildMobilenetV2 } from './buildMobilenetV2.js';
import { interleave } from './interleave.js';
import { describeMachine } from './machine.js';
import { goalTable, ONNX, table, writeGroup, writePart } from './report.js';
import { summarize } from './statistics.js';

const NETWORK = 'mobilenet_v2_224';
const OPENING_ROUNDS = 11;
const LARGER = 'resnet18';
const COPIED = 'the bytes read and copied into tensors of the weights’ sizes';
const OPENED = 'openModel of the bytes';

const torchvision = await startTorchvision();
if (!torchvision) {
  console.log(
    'torchvision was not found, which gives the network. On Debian: apt-get install python3-torchvision',
  );
  process.exit();
}
const { file, image, output } = await torchvision.export(NETWORK);
const larger = (await torchvision.export(LARGER)).file;
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
const largerPath = join(folder, 'larger.onnx');
writeFileSync(path, file);
writeFileSync(largerPath, larger);
await saveOwn(opened.model);
const sizes = Object.values(opened.model.weights).flatMap((list) => list.map(({ size }) => size));
const count = sizes.reduce((sum, size) => sum + size, 0);
opened.dispose();
const opening = compareOpening({
  [COPIED]: ['copy', path, String(sizes)],
  [OPENED]: ['onnx', path],
  'openModel of the same as TensorFlow.js saves it': ['own', folder],
});
const growth = opening.rows[1].grown / (count * 4);
// Of so small a file, what is made of the graph is a part, too.
const largerGrowth = openOnce(['onnx', largerPath]).grown / larger.length;
rmSync(folder, { recursive: true });

const find = ({ rows }, wanted) => rows.find(({ name }) => name === wanted).ratio.median;
const times = (ratio) => `${ratio.toFixed(2)} ×`;
const passRatio = find(pass, 'opened from ONNX');
const openRatio = find(opening, OPENED);
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
      measured: times(growth),
      reached: growth <= 2.5,
    },
    { goal: 'tensors left behind', measured: String(leaked), reached: leaked === 0 },
  ]),
  ...[pass, opening].flatMap((group) => ['', ...writeGroup(group)]),
  '',
  `While ResNet-18 is opened, whose file has ${megabytes(larger.length)}, the process grows by ${times(largerGrowth)} its weights.`,
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

/** Writes a model.json and its weights. */
async function saveOwn(model) {
  await model.save(
    io.withSaveHandler(async ({ weightData, weightSpecs, ...artifacts }) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...artifacts, weightsManifest }));
      writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

/** Opens in processes of their own, in turn: a model is opened once, in memory that is new. */
function compareOpening(contestants) {
  const results = Object.values(contestants).map(() => []);
  for (let round = 0; round < OPENING_ROUNDS; round++) {
    Object.values(contestants).forEach((way, index) => void results[index].push(openOnce(way)));
  }
  const rows = Object.keys(contestants).map((name, index) => ({
    name,
    time: summarize(results[index].map(({ time }) => time)),
    ratio: summarize(results[index].map(({ time }, round) => time / results[0][round].time)),
    grown: summarize(results[index].map(({ grown }) => grown)).median,
  }));
  return {
    title: 'Opening',
    note: `A file of ${megabytes(file.length)}, read from the disk until it is a model whose weights lie in the backend, in a process that has opened only a small one before.`,
    reference: COPIED,
    rounds: OPENING_ROUNDS,
    rows,
  };
}

function openOnce(way) {
  const script = fileURLToPath(new URL('openOnce.js', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [script, ...way], { encoding: 'utf8' }));
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
