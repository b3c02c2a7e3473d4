/**
 * Loads model files with faults in them, and prints a line of JSON for each: `{ index, kind, faults }` before it is loaded, and
 * `{ index, milliseconds, message, name, left }` afterwards: the time that the processor took, what the error said, and how
 * many tensors were left. Run with node: the folder to write to, a seed, how many files.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { disposeVariables, memory } from '@tensorflow/tfjs-core';
import { model as createModel, input, layers, sequential } from '@tensorflow/tfjs-layers';
import { useWasmBackend } from '../../dist/index.js';
import { loadGraphModel, loadModel, saveModel } from '../../dist/node.js';

const [folder, seed, count] = process.argv.slice(2);

/** Mulberry32, by T. Ettinger: 32 bits of state, numbers below `limit`. */
function createRandom(state) {
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  };
}
const random = createRandom(Number(seed));
const pick = (list) => list[random(list.length)];

const VALUES = [
  null,
  true,
  0,
  -1,
  0.5,
  3,
  1e9,
  2 ** 31,
  1e308,
  '',
  '1e999',
  'NaN',
  '__proto__',
  'constructor',
  'relu',
  'conv',
  'x'.repeat(100_000),
  [],
  {},
  [[]],
  [null],
  [['conv', 0, 0]],
];

/** What says how large a layer is, and sizes that none has. */
const SIZE = /^(units|filters|kernel_?[sS]ize|strides|dilation_?[rR]ate|pool_?[sS]ize)$/;
const NO_SIZES = [0, -1, 1.5, 1e9, 1e12, Number.MAX_VALUE, null, '3'];

/** Every place in some JSON: what holds it, and its key there. */
function listPlaces(value, found = []) {
  for (const key of Object.keys(value)) {
    found.push({ holder: value, key });
    if (typeof value[key] === 'object' && value[key] !== null) listPlaces(value[key], found);
  }
  return found;
}

/** Puts one fault into some JSON, and says which. */
function putFault(json) {
  const places = listPlaces(json);
  const { holder, key } = pick(places);
  const isList = Array.isArray(holder);
  switch (random(7)) {
    case 0:
      if (isList) holder.splice(Number(key), 1);
      else delete holder[key];
      return `without ${key}`;
    case 1: {
      if (isList) return `twice ${key} ${holder.push(structuredClone(holder[key]))}`;
      const other = key.includes('_')
        ? key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
        : `_${key}`;
      holder[other] = holder[key];
      delete holder[key];
      return `${key} as ${other}`;
    }
    case 2: {
      const other = pick(places);
      holder[key] = structuredClone(other.holder[other.key]);
      return `${key} of ${other.key}`;
    }
    case 3: {
      // A reference, of which there are too few among all places to be met by chance.
      const references = places.filter(
        ({ holder, key }) => Array.isArray(holder) && key === '0' && typeof holder[0] === 'string',
      );
      if (references.length === 0) return 'none';
      const reference = pick(references);
      const at = random(3);
      reference.holder[at] = pick([0, 1, 2, 7, -1, null, 'conv', 'both', 'inside', 'end', reference.holder]);
      if (reference.holder[at] === reference.holder) reference.holder[at] = [];
      return `reference ${JSON.stringify(reference.holder)}`;
    }
    case 4: {
      const sizes = places.filter(({ key }) => SIZE.test(key));
      if (sizes.length === 0) return 'none';
      const size = pick(sizes);
      const value = pick(NO_SIZES);
      size.holder[size.key] = Array.isArray(size.holder[size.key])
        ? size.holder[size.key].map(() => value)
        : value;
      return `${size.key} = ${value}`;
    }
    case 5:
      if (isList) holder.reverse();
      else holder[key] = typeof holder[key] === 'number' ? -holder[key] : [holder[key]];
      return `turned ${key}`;
    default: {
      const value = structuredClone(pick(VALUES));
      holder[key] = value;
      return `${key} = ${String(JSON.stringify(value)).slice(0, 40)}`;
    }
  }
}

function buildChain() {
  return sequential({
    layers: [
      layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1] }),
      layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      layers.flatten({ name: 'flat' }),
      layers.dense({ name: 'end', units: 3, activation: 'softmax' }),
    ],
  });
}

function buildGraph() {
  const image = input({ shape: [8, 8, 2], name: 'image' });
  const conv = layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, padding: 'same' });
  const once = conv.apply(image);
  const both = layers.add({ name: 'both' }).apply([once, conv.apply(once)]);
  const inner = input({ shape: [8, 8, 2], name: 'inner' });
  const norm = layers.batchNormalization({ name: 'norm' }).apply(inner);
  const inside = createModel({ inputs: inner, outputs: norm, name: 'inside' }).apply(both);
  return createModel({
    inputs: image,
    outputs: layers.globalAveragePooling2d({ name: 'end' }).apply(inside),
  });
}

/** As tfjs-converter writes it: a convolution with a bias, a function, a mean over the places. */
function writeNodes() {
  const dim = (sizes) => ({ shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } } });
  const list = (values) => ({ list: { i: values.map(String) } });
  const type = { T: { type: 'DT_FLOAT' } };
  const node = (name, op, reads, attr) => ({ name, op, input: reads, attr: { ...type, ...attr } });
  return {
    format: 'graph-model',
    modelTopology: {
      node: [
        node('image', 'Placeholder', [], { dtype: { type: 'DT_FLOAT' }, ...dim([1, 8, 8, 1]) }),
        node('kernel', 'Const', [], { dtype: { type: 'DT_FLOAT' } }),
        node('bias', 'Const', [], { dtype: { type: 'DT_FLOAT' } }),
        node('axes', 'Const', [], { dtype: { type: 'DT_INT32' } }),
        node('conv', 'Conv2D', ['image', 'kernel'], {
          strides: list([1, 1, 1, 1]),
          dilations: list([1, 1, 1, 1]),
          padding: { s: btoa('SAME') },
          data_format: { s: btoa('NHWC') },
        }),
        node('both', 'BiasAdd', ['conv', 'bias'], {}),
        node('inside', 'LeakyRelu', ['both'], { alpha: { f: 0.25 } }),
        node('end', 'Mean', ['inside', 'axes'], { keep_dims: { b: false } }),
      ],
      versions: { producer: 1 },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'kernel', shape: [3, 3, 1, 2], dtype: 'float32' },
          {
            name: 'bias',
            shape: [2],
            dtype: 'float32',
            quantization: { dtype: 'uint8', scale: 0.5, min: 0 },
          },
          { name: 'axes', shape: [2], dtype: 'int32' },
        ],
      },
    ],
  };
}

async function listSeeds() {
  const seeds = [];
  for (const [name, build] of [
    ['chain', buildChain],
    ['graph', buildGraph],
  ]) {
    const built = build();
    await saveModel(built, join(folder, name));
    built.dispose();
    disposeVariables();
    const json = JSON.parse(await readFile(join(folder, name, 'model.json'), 'utf8'));
    const weights = await readFile(join(folder, name, json.weightsManifest[0].paths[0]));
    json.weightsManifest[0].paths = ['weights.bin'];
    seeds.push({ kind: name, json, weights, load: loadModel });
  }
  const weights = new Uint8Array(72 + 2 + 8);
  new Float32Array(weights.buffer, 0, 18).fill(0.5);
  weights.set([1, 2], 72);
  // The axes 1 and 2, in four bytes each.
  weights.set([1, 0, 0, 0, 2], 74);
  seeds.push({ kind: 'nodes', json: writeNodes(), weights, load: loadGraphModel });
  return seeds;
}

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
await useWasmBackend();
const seeds = await listSeeds();
for (let index = 0; index < Number(count); index++) {
  const { kind, json, weights, load } = seeds[index % seeds.length];
  const mutated = structuredClone(json);
  // The first of each kind has none: it must load.
  const faults = Array.from({ length: index < seeds.length ? 0 : 1 + random(2) }, () => putFault(mutated));
  const isCut = index >= seeds.length && random(20) === 0;
  const at = join(folder, String(index));
  await mkdir(at);
  await writeFile(join(at, 'model.json'), JSON.stringify(mutated));
  await writeFile(join(at, 'weights.bin'), isCut ? weights.subarray(random(weights.length)) : weights);
  print({ index, kind, faults: isCut ? [...faults, 'cut'] : faults });
  const before = memory().numTensors;
  const start = process.cpuUsage();
  const result = await load(at).then(
    (model) => {
      model.dispose();
      // Layers that are used several times are left by TensorFlow.js itself; nothing else is alive here.
      disposeVariables();
    },
    (error) => ({ message: error instanceof Error ? error.message : String(error), name: error?.name }),
  );
  const { user, system } = process.cpuUsage(start);
  print({ index, milliseconds: (user + system) / 1000, ...result, left: memory().numTensors - before });
}
