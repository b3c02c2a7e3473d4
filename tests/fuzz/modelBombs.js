/**
 * Writes model files that are small, or say so, and ask for a great deal, loads each, and prints a line of JSON: of each
 * `{ name, message, seconds }`, the seconds being those of the processor; at last `{ megabytes, left }`, the most memory
 * that the process has had and the tensors that are left. Run with node: the folder to write to.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { useWasmBackend } from '../../dist/index.js';
import { loadGraphModel, loadModel } from '../../dist/node.js';

const folder = process.argv[2];
const FEW = [{ name: 'end/kernel', shape: [4, 2], dtype: 'float32' }];

const layer = (class_name, config, shape = [4]) => ({
  class_name,
  config: { name: 'end', batch_input_shape: [null, ...shape], ...config },
});
const layersModel = (layers, weights = [], paths = ['weights.bin']) => ({
  modelTopology: { class_name: 'Sequential', config: { name: 'model', layers } },
  weightsManifest: [{ paths, weights }],
});
const dense = layer('Dense', { units: 2 });
const convolution = (config, shape = [8, 8, 1]) =>
  layer('Conv2D', { filters: 2, kernel_size: [3, 3], ...config }, shape);
const flat = { class_name: 'Flatten', config: {} };
const holding = (value) => JSON.stringify(layersModel([dense])).replace('{', `{"more":${value},`);
const place = (sizes) => ({
  name: 'in',
  op: 'Placeholder',
  attr: { shape: { shape: { dim: sizes.map((size) => ({ size })) } } },
});
const graphModel = (node, weights = []) => ({
  format: 'graph-model',
  modelTopology: { node, versions: { producer: 1 } },
  weightsManifest: [{ paths: ['weights.bin'], weights }],
});

/** Makes what `model.json` holds, a value or a text. */
const FILES = {
  units: () => layersModel([layer('Dense', { units: 1e8 })]),
  inputs: () => layersModel([layer('Dense', { units: 100 }, [1e9])]),
  filters: () => layersModel([convolution({ filters: 1e8 })]),
  kernel: () => layersModel([convolution({ kernel_size: [30_000, 30_000] }, [40_000, 40_000, 1])]),
  vocabulary: () => layersModel([layer('Embedding', { input_dim: 1e8, output_dim: 1000 })]),
  cells: () => layersModel([layer('LSTM', { units: 1e6 }, [4, 4])]),
  channels: () => layersModel([layer('BatchNormalization', { axis: -1 }, [4, 1e9])]),
  states: () =>
    layersModel([
      layer('GRU', { units: 3, stateful: true, batch_input_shape: [1e9, 4, 4], reset_after: false }),
    ]),
  many: () =>
    layersModel(Array.from({ length: 20 }, (_, at) => layer('Dense', { name: `end${at}`, units: 1e5 }, [5]))),
  weight: () => layersModel([dense], [{ name: 'end/kernel', shape: [1e9, 1e9], dtype: 'float32' }]),
  infinite: () =>
    layersModel([dense], [{ name: 'end/kernel', shape: new Array(100).fill(2 ** 53 - 1), dtype: 'float32' }]),
  dimensions: () =>
    layersModel([dense], [{ name: 'end/kernel', shape: new Array(100_000).fill(1), dtype: 'float32' }]),
  weights: () =>
    layersModel([dense], new Array(200_000).fill({ name: 'end/kernel', shape: [0, 2], dtype: 'float32' })),
  shards: () => layersModel([dense], FEW, new Array(500_000).fill('weights.bin')),
  groups: () => ({
    ...layersModel([dense]),
    weightsManifest: new Array(600_000).fill({ paths: [], weights: [] }),
  }),
  layers: () =>
    `{"modelTopology":{"class_name":"Sequential","config":{"layers":[${`${JSON.stringify(flat)},`.repeat(600_000)}`,
  tenMillionLayers: () => '{"modelTopology":{"class_name":"Sequential","config":{"layers":[',
  models: () =>
    `{"weightsManifest":[],"modelTopology":${'{"class_name":"Sequential","config":{"layers":['.repeat(100_000)}${JSON.stringify(dense)}${']}}'.repeat(100_000)}}`,
  brackets: () => '['.repeat(5_000_000),
  numbers: () => holding(`[${'1,'.repeat(10_000_000)}1]`),
  keys: () => holding(`{${Array.from({ length: 2_000_000 }, (_, at) => `"k${at}":1`)}}`),
  graphWeight: () => graphModel([place(['1', '4'])], [{ name: 'in', shape: [1e9, 1e9], dtype: 'float32' }]),
  reads: () => graphModel([{ name: 'in', op: 'AddN', input: new Array(1_000_000).fill('none') }]),
  circle: () =>
    graphModel(
      Array.from({ length: 100_000 }, (_, at) => ({
        name: `relu${at}`,
        op: 'Relu',
        input: [`relu${(at + 1) % 100_000}`],
      })),
    ),
};

/** Makes the folder of a model; without a file of weights where there is to be something else. */
function write(name, json, weights = '') {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, 'model.json'), typeof json === 'string' ? json : JSON.stringify(json));
  if (weights !== null) writeFileSync(join(at, 'weights.bin'), weights);
  return at;
}

/** Each bomb: its name, the path to load and what loads it. Written one after the other, as they are large. */
function* listBombs() {
  for (const [name, make] of Object.entries(FILES)) {
    const json = make();
    const at = write(name, json);
    if (name === 'tenMillionLayers') truncateSync(join(at, 'model.json'), 370_000_000);
    yield [name, at, json.format === 'graph-model' ? loadGraphModel : loadModel];
  }
  const small = layersModel([dense], FEW);
  const large = write('large', small);
  truncateSync(join(large, 'weights.bin'), 1e11);
  yield ['large', large, loadModel];
  yield ['short', write('short', small, 'abc'), loadModel];
  const endless = write('endless', small, null);
  symlinkSync('/dev/zero', join(endless, 'weights.bin'));
  yield ['endless', endless, loadModel];
  const piped = write('piped', small, null);
  execFileSync('mkfifo', [join(piped, 'weights.bin'), join(folder, 'pipe')]);
  yield ['piped', piped, loadModel];
  for (const device of ['/dev/zero', '/dev/full', 'pipe']) yield [device, resolve(folder, device), loadModel];
  const crowded = join(folder, 'crowded');
  mkdirSync(crowded);
  for (let at = 0; at < 10_000; at++) writeFileSync(join(crowded, `${at}`), '');
  yield ['crowded', crowded, loadModel];
}

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
await useWasmBackend();
const before = memory().numTensors;
for (const [name, at, load] of listBombs()) {
  const start = process.cpuUsage();
  const message = await load(at).then(
    (model) => model.dispose(),
    (error) => error.message,
  );
  const { user, system } = process.cpuUsage(start);
  print({ name, message, seconds: (user + system) / 1e6 });
}
print({ megabytes: process.resourceUsage().maxRSS / 1024, left: memory().numTensors - before });
