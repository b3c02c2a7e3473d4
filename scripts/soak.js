// npm run soak: uses the built package for some minutes, and fails where tensors, heap or memory grow.
//
//   node --expose-gc scripts/soak.js [--minutes 10]
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { buildArticleCnn, useWasmBackend, visualizeLayers } from 'layerscope';
import { drawDigit, drawDigits, loadMnist } from 'layerscope/data';
import { exportNpz, importNpz } from 'layerscope/export';
import { trainArticleCnn } from 'layerscope/training';

/** What heap and memory may differ by, in MB, from one look to another. */
const TOLERANCE = { heap: 3, rss: 40 };

/** MB that TensorFlow.js keeps of each model for good: the names of its weights, so that no two are the same. */
const NAMES = 0.004;

/** Milliseconds between two states of the line that says how far it is. */
const INTERVAL = 500;

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(options.minutes);
if (!(minutes > 0)) throw new RangeError(`--minutes: expected a number above 0, got ${options.minutes}`);
if (!globalThis.gc) throw new Error('expected node --expose-gc');

const digit = drawDigit(3);
const digits = drawDigits(64, { seed: 1 });
await useWasmBackend();
const model = buildArticleCnn({ seed: 1 });
const server = createServer((_, response) => {
  // As large as the smallest file may be, and never whole.
  response.writeHead(200, { 'content-length': 5000 });
  response.write(Buffer.alloc(500));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;

/**
 * Work of each kind: how often, and its share of the time at the most; and how often before the first look, while code is
 * compiled and buffers take their size.
 */
const KINDS = [
  { name: 'calls', warmUp: 500, count: 20_000, share: 0.4, run: () => visualizeLayers(model, digit) },
  { name: 'models', warmUp: 300, count: 2_000, share: 0.25, models: 1, run: lookIntoNewModel },
  {
    name: 'concurrent calls',
    warmUp: 200,
    count: 200,
    atOnce: 200,
    share: 0.05,
    run: () => visualizeLayers(model, digit),
  },
  { name: 'refused calls', warmUp: 100, count: 2_000, share: 0.05, run: refuse },
  { name: 'aborted trainings', warmUp: 60, count: 100, share: 0.15, models: 1, run: abortTraining },
  { name: 'aborted downloads', warmUp: 20, count: 200, share: 0.05, run: abortDownload },
  { name: 'files', warmUp: 100, count: 2_000, share: 0.05, run: exportAndImport },
];

/** A small network that is like no other before it, gone after one look. */
async function lookIntoNewModel(index) {
  const made = sequential({
    layers: [
      layers.conv2d({ filters: 2 + (index % 7), kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
      layers.batchNormalization(),
      layers.depthwiseConv2d({ kernelSize: 3, strides: 2 }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  await visualizeLayers(made, digit, { layers: /./ });
  made.dispose();
}

/** An error in the middle of a call. */
async function refuse(index) {
  const [img, wrong] = index % 2 ? [digit, { layers: 'none of that name' }] : [{ ...digit, width: 5 }, {}];
  const done = await visualizeLayers(model, img, wrong).then(
    () => true,
    () => false,
  );
  if (done) throw new Error('expected an error of visualizeLayers');
}

/** Stopped by its signal, or by what a callback throws. */
async function abortTraining(index) {
  const controller = new AbortController();
  const trained = buildArticleCnn({ seed: index });
  const onBatch = ({ batch }) => {
    if (batch < 2) return;
    if (index % 2) throw new Error('enough');
    controller.abort();
  };
  const training = trainArticleCnn(digits, {
    model: trained,
    batchSize: 16,
    onBatch,
    signal: controller.signal,
  });
  await training.catch((error) => {
    if (error.message !== 'enough') throw error;
  });
  trained.dispose();
}

/** Stopped in the middle of the first file. */
async function abortDownload() {
  const controller = new AbortController();
  const reason = new Error('enough');
  const onProgress = () => controller.abort(reason);
  await loadMnist({ urls: [url], cache: false, signal: controller.signal, onProgress }).catch((error) => {
    if (error !== reason) throw error;
  });
}

/** Written and read back, and then damaged. */
async function exportAndImport(index) {
  const [layer] = await visualizeLayers(model, digit, { layers: ['conv1'] });
  const file = exportNpz([layer.activation, layer.figure]);
  importNpz(file);
  file[(index * 7919) % file.length] ^= 1;
  try {
    importNpz(file);
  } catch {
    // Refused, as it ought to be where a value depends on that byte.
  }
}

/** Does so many, or as many as there is time for. */
async function work({ name, atOnce = 1, share, run }, count, show) {
  const end = performance.now() + minutes * 60_000 * share;
  let done = 0;
  while (done < count && (done === 0 || performance.now() < end)) {
    const first = done;
    await Promise.all(Array.from({ length: atOnce }, (_, at) => run(first + at)));
    done += atOnce;
    show?.(`${name}: ${done} of ${count}`);
  }
  return done;
}

/** What there is once all garbage has gone. */
async function look() {
  for (let round = 0; round < 3; round++) {
    // What has been aborted ends in its own time.
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc();
  }
  const { numTensors, numDataBuffers } = memory();
  const { heapUsed, rss } = process.memoryUsage();
  return { tensors: numTensors, buffers: numDataBuffers, heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
}

function createLine(stream) {
  let shownAt = 0;
  return (text) => {
    if (!stream.isTTY || performance.now() - shownAt < INTERVAL) return;
    shownAt = performance.now();
    stream.write(`\r${text}\x1b[K`);
  };
}

const clear = () => process.stdout.isTTY && process.stdout.write('\r\x1b[K');
const row = (name, done, { tensors, buffers, heap, rss }) => {
  const cells = [done, tensors, buffers, heap.toFixed(1), rss.toFixed(0)].map((cell) =>
    String(cell).padStart(10),
  );
  console.log(`${name.padEnd(20)}${cells.join('')}`);
};

console.log(
  `${''.padEnd(20)}${['done', 'tensors', 'buffers', 'heap MB', 'RSS MB'].map((name) => name.padStart(10)).join('')}`,
);
for (const kind of KINDS) await work(kind, kind.warmUp);
const start = await look();
row('start', '', start);
const grown = [];
const show = createLine(process.stdout);
let models = 0;
for (const kind of KINDS) {
  const done = await work(kind, kind.count, show);
  models += done * (kind.models ?? 0);
  clear();
  const now = await look();
  row(kind.name, done, now);
  for (const what of ['tensors', 'buffers', 'heap', 'rss']) {
    const more = now[what] - start[what] - (what === 'heap' ? models * NAMES : 0);
    if (more > (TOLERANCE[what] ?? 0)) grown.push(`${what} by ${more.toFixed(1)} after ${kind.name}`);
  }
}
model.dispose();
server.closeAllConnections();
server.close();
if (grown.length > 0) {
  console.error(`error: expected nothing to grow, got ${grown.join('; ')}`);
  process.exitCode = 1;
}
