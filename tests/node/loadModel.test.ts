import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { engine, getBackend, memory, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { loadModel } from '../../src/node/loadModel';
import { saveModel } from '../../src/node/saveModel';
import { runScript } from '../runScript';
import { buildBranches, buildLine, predict, useFolder, weightsOf } from './modelFolder';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, readFile: vi.fn(original.readFile) };
});

const folder = useFolder();
const models: LayersModel[] = [];
const own = (model: LayersModel): LayersModel => {
  models.push(model);
  return model;
};

beforeAll(() => useWasmBackend());
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

/** Two numbers in, two out, as a converter writes it: the layer `dense` with a kernel and a bias. */
const TOPOLOGY = {
  keras_version: '2.1.6',
  backend: 'tensorflow',
  model_config: {
    class_name: 'Sequential',
    config: {
      name: 'sequential',
      layers: [
        {
          class_name: 'Dense',
          config: { name: 'dense', units: 2, batch_input_shape: [null, 2], activation: 'linear' },
        },
      ],
    },
  },
};
const KERNEL = { name: 'dense/kernel', shape: [2, 2], dtype: 'float32' };
const BIAS = { name: 'dense/bias', shape: [2], dtype: 'float32' };
const FORMAT = { format: 'layers-model', generatedBy: 'keras v2.1.6', convertedBy: 'converter' };

/** Writes files beside each other; what is no bytes and no text is written as JSON. */
async function store(files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder.path, name);
    await mkdir(dirname(path), { recursive: true });
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path, raw ? content : JSON.stringify(content));
  }
}

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const manifest = (...weightsManifest: unknown[]) => ({ ...FORMAT, modelTopology: TOPOLOGY, weightsManifest });

describe('loadModel', () => {
  it.each([
    ['the network of the article', loadArticleCnn],
    ['a functional model with moving averages', async () => buildBranches()],
  ])('loads %s as it was saved, bit by bit', async (_, build) => {
    const model = own(await build());
    await saveModel(model, folder.path);
    const loaded = own(await loadModel(folder.path));
    expect(loaded.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    expect(predict(loaded)).toEqual(predict(model));
  });

  it('takes the path of the model.json, whatever its name', async () => {
    await store({
      'other.json': manifest({ paths: ['a.bin'], weights: [KERNEL, BIAS] }),
      'a.bin': floats(1, 2, 3, 4, 5, 6),
    });
    const loaded = own(await loadModel(join(folder.path, 'other.json')));
    expect(weightsOf(loaded)).toEqual({ 'dense/kernel': [1, 2, 3, 4], 'dense/bias': [5, 6] });
  });

  it('loads shards that end in the middle of a weight', async () => {
    const bytes = floats(1, 2, 3, 4, 5, 6);
    await store({
      'model.json': manifest({
        paths: ['group1-shard1of3.bin', 'group1-shard2of3.bin', 'group1-shard3of3.bin'],
        weights: [KERNEL, BIAS],
      }),
      'group1-shard1of3.bin': bytes.subarray(0, 5),
      'group1-shard2of3.bin': bytes.subarray(5, 10),
      'group1-shard3of3.bin': bytes.subarray(10),
    });
    const loaded = own(await loadModel(folder.path));
    expect(weightsOf(loaded)).toEqual({ 'dense/kernel': [1, 2, 3, 4], 'dense/bias': [5, 6] });
  });

  it('loads groups of any size in any order, from folders within', async () => {
    await store({
      'model.json': manifest(
        { paths: ['parts/bias.bin'], weights: [BIAS] },
        { paths: ['./parts/../kernel.bin'], weights: [KERNEL] },
      ),
      'parts/bias.bin': floats(5, 6),
      'kernel.bin': floats(1, 2, 3, 4),
    });
    const loaded = own(await loadModel(folder.path));
    expect(weightsOf(loaded)).toEqual({ 'dense/kernel': [1, 2, 3, 4], 'dense/bias': [5, 6] });
  });

  it.each<[string, object, Uint8Array, number[]]>([
    ['uint8', { dtype: 'uint8', min: -1, scale: 0.5 }, Uint8Array.of(0, 1, 2, 255), [-1, -0.5, 0, 126.5]],
    [
      'uint16',
      { dtype: 'uint16', min: 2, scale: 0.25 },
      Uint8Array.of(0, 0, 1, 0, 0, 1, 4, 1),
      [2, 2.25, 66, 67],
    ],
    [
      'float16',
      { dtype: 'float16' },
      Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38, 0xff, 0x7b),
      [1, -2, 0.5, 65504],
    ],
  ])('loads weights quantized to %s', async (_, quantization, bytes, kernel) => {
    await store({
      'model.json': manifest({ paths: ['a.bin'], weights: [{ ...KERNEL, quantization }, BIAS] }),
      'a.bin': Buffer.concat([bytes, floats(5, 6)]),
    });
    const loaded = own(await loadModel(folder.path));
    expect(weightsOf(loaded)).toEqual({ 'dense/kernel': kernel, 'dense/bias': [5, 6] });
  });

  it('brings metadata back', async () => {
    await store({
      'model.json': {
        ...manifest({ paths: ['a.bin'], weights: [KERNEL, BIAS] }),
        userDefinedMetadata: { a: 1 },
      },
      'a.bin': floats(1, 2, 3, 4, 5, 6),
    });
    expect(own(await loadModel(folder.path)).getUserDefinedMetadata()).toEqual({ a: 1 });
  });

  it('reads the new model.json where a save has taken the weights of the old one away', async () => {
    await saveModel(own(buildLine(1, 10)), folder.path);
    const read = vi.mocked(readFile).getMockImplementation()!;
    vi.mocked(readFile).mockImplementationOnce(async (...args) => {
      const old = await read(...args);
      await saveModel(own(buildLine(2, 20)), folder.path);
      return old;
    });
    expect(weightsOf(own(await loadModel(folder.path)))).toEqual({ 'line/kernel': [2], 'line/bias': [20] });
  });

  it.each([
    ['without', false],
    ['with', true],
  ])('leaves nothing behind once the model is disposed, %s optimizer', async (_, includeOptimizer) => {
    const model = own(buildLine(1, 0));
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const x = tensor([1, 2], [2, 1]);
    await model.fit(x, x, { verbose: 0 });
    x.dispose();
    await saveModel(model, folder.path, { includeOptimizer });
    const before = memory();
    const loaded = await loadModel(folder.path);
    expect(loaded.optimizer !== undefined).toBe(includeOptimizer);
    loaded.dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });

  it('starts a backend where there is none, and keeps the one there is', async () => {
    expect(getBackend()).toBe('wasm');
    await saveModel(own(buildLine(2, 1)), folder.path);
    const { stdout, stderr } = runScript(`
      import { getBackend } from '@tensorflow/tfjs-core';
      import { loadModel } from 'layerscope/node';
      const model = await loadModel(${JSON.stringify(folder.path)});
      console.log(getBackend(), model.layers[0].name);`);
    expect(stderr).toBe('');
    expect(stdout).toBe('wasm line\n');
  });

  it.each([undefined, null, '', 3])('refuses %j as a path', async (path) => {
    await expect(loadModel(path as never)).rejects.toThrow(
      new TypeError(
        `path: expected the path of a model or of the folder that it is in, got ${JSON.stringify(path)}`,
      ),
    );
  });

  it('says which model.json is not there', async () => {
    const missing = join(folder.path, 'missing');
    await expect(loadModel(missing)).rejects.toThrow(
      `path: expected a model that can be read, got "${missing}" (ENOENT)`,
    );
    const file = join(folder.path, 'model.json');
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected a model that can be read, got "${file}" (ENOENT)`,
    );
  });

  const SPEC =
    'weights of a name, a shape, a type of float32, int32, bool or complex64 and a quantization that fits';
  const group = (...weights: unknown[]) => manifest({ paths: ['a.bin'], weights });
  it.each<[string, unknown, string, string]>([
    ['no JSON', '{ "format": ', 'a model.json', 'which holds a text that is no JSON'],
    ['a list', [1, 2], 'a model.json', 'which holds [1, 2]'],
    ['no topology', { format: 'layers-model' }, 'a layers model', 'which has no modelTopology'],
    ['no manifest', { modelTopology: TOPOLOGY }, 'a model with weights', 'which has no weightsManifest'],
    [
      'a graph model',
      { format: 'graph-model', modelTopology: { node: [] } },
      'a layers model',
      'which is a graph model; loadGraphModel loads it',
    ],
    [
      'a graph model that does not say so',
      { modelTopology: { node: [], versions: {} }, weightsManifest: [] },
      'a layers model',
      'which is a graph model; loadGraphModel loads it',
    ],
    [
      'a group without paths',
      manifest({ weights: [] }),
      'paths and weights in each group',
      'whose weightsManifest[0] lacks them',
    ],
    [
      'a weight without shape',
      group({ name: 'a', dtype: 'float32' }),
      SPEC,
      'whose weightsManifest[0] has {"name":"a","dtype":"float32"}',
    ],
    [
      'text as a weight',
      group({ name: 'a', shape: [1], dtype: 'string' }),
      SPEC,
      'whose weightsManifest[0] has {"name":"a","shape":[1],"dtype":"string"}',
    ],
    [
      'a quantization without scale',
      group({ ...BIAS, quantization: { dtype: 'uint8', min: 0 } }),
      SPEC,
      'whose weightsManifest[0] has {"name":"dense/bias","shape":[2],"dtype":"float32","quantization":{"dtype":"uint8","min":0}}',
    ],
  ])('refuses %s', async (_, content, expected, got) => {
    await store({ 'model.json': content });
    const file = join(folder.path, 'model.json');
    await expect(loadModel(folder.path)).rejects.toThrow(
      new Error(`path: expected ${expected}, got "${file}", ${got}`),
    );
  });

  it('says which file of weights is missing', async () => {
    await store({
      'model.json': manifest({ paths: ['a.bin', 'b.bin'], weights: [KERNEL, BIAS] }),
      'a.bin': '',
    });
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected the weights "b.bin" beside "${join(folder.path, 'model.json')}", got none that can be read (ENOENT)`,
    );
  });

  it.each([
    ['shorter', 23],
    ['longer', 28],
    ['empty', 0],
  ])('refuses a file of weights that is %s', async (_, length) => {
    await store({ 'model.json': group(KERNEL, BIAS), 'a.bin': new Uint8Array(length) });
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected 24 bytes in "a.bin" beside "${join(folder.path, 'model.json')}", got ${length} bytes`,
    );
  });

  it('looks at the sizes of the weights before it reads them', async () => {
    await store({ 'model.json': group(KERNEL, BIAS), 'a.bin': '' });
    await truncate(join(folder.path, 'a.bin'), 2 ** 40);
    vi.mocked(readFile).mockClear();
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected 24 bytes in "a.bin" beside "${join(folder.path, 'model.json')}", got 1099511627776 bytes`,
    );
    expect(vi.mocked(readFile).mock.calls.map(([path]) => basename(String(path)))).not.toContain('a.bin');
  });

  it('says how to fetch weights of which only the pointer of Git LFS is there', async () => {
    await store({
      'model.json': group(KERNEL, BIAS),
      'a.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 24\n',
    });
    await expect(loadModel(folder.path)).rejects.toThrow(
      new Error(
        `path: expected the weights "a.bin" beside "${join(folder.path, 'model.json')}", got a pointer of Git LFS to a file that is not here; fetch it with: git lfs pull`,
      ),
    );
  });

  it('refuses groups without files, and folders in their place', async () => {
    await store({ 'model.json': manifest({ paths: [], weights: [KERNEL, BIAS] }) });
    const file = join(folder.path, 'model.json');
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected 24 bytes in no file of weights beside "${file}", got 0 bytes`,
    );
    await store({ 'model.json': group(KERNEL, BIAS) });
    await mkdir(join(folder.path, 'a.bin'));
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected a file, got "${join(folder.path, 'a.bin')}", which is a folder`,
    );
  });

  it.runIf(process.platform === 'linux').each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('refuses %s as any of its files without opening it', async (_, make) => {
    for (const name of ['model.json', 'a.bin']) {
      const inner = join(folder.path, `with ${name}`);
      await mkdir(inner);
      if (name !== 'model.json') await store({ [`with ${name}/model.json`]: group(KERNEL, BIAS) });
      make(join(inner, name));
      await expect(loadModel(inner)).rejects.toThrow(
        new Error(`path: expected a file, got "${join(inner, name)}", which is a device or a pipe`),
      );
    }
  });

  it('refuses shards that do not add up', async () => {
    await store({
      'model.json': manifest({ paths: ['a.bin', 'b.bin'], weights: [KERNEL, BIAS] }),
      'a.bin': new Uint8Array(16),
      'b.bin': new Uint8Array(4),
    });
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected 24 bytes in "a.bin" and "b.bin" beside "${join(folder.path, 'model.json')}", got 20 bytes`,
    );
  });

  it.each([
    '../outside.bin',
    'parts/../../outside.bin',
    '..\\outside.bin',
    '/etc/hostname',
    'C:\\outside.bin',
  ])('refuses weights outside the folder: %s', async (path) => {
    await store({
      'inside/model.json': manifest({ paths: [path], weights: [KERNEL, BIAS] }),
      'outside.bin': floats(1, 2, 3, 4, 5, 6),
    });
    const file = join(folder.path, 'inside', 'model.json');
    await expect(loadModel(dirname(file))).rejects.toThrow(
      `path: expected weights in the folder of "${file}", got ${JSON.stringify(path)}`,
    );
  });

  it('says why tfjs cannot build the model', async () => {
    const layer = { class_name: 'Telepathy', config: { name: 'a', batch_input_shape: [null, 1] } };
    await store({
      'model.json': {
        modelTopology: { class_name: 'Sequential', config: { layers: [layer] } },
        weightsManifest: [],
      },
    });
    const loading = loadModel(folder.path);
    await expect(loading).rejects.toThrow(
      `path: expected a model that TensorFlow.js can build, got "${join(folder.path, 'model.json')}": the layer "a" is a Telepathy, which TensorFlow.js does not have; leave it out before converting`,
    );
    await expect(loading).rejects.toMatchObject({ cause: expect.any(Error) });
  });

  it('names the layer whose weights have another shape, and leaves no tensor', async () => {
    const kernel = { ...KERNEL, shape: [3, 2] };
    await store({ 'model.json': group(kernel, BIAS), 'a.bin': floats(1, 2, 3, 4, 5, 6, 7, 8) });
    const before = engine().memory().numTensors;
    await expect(loadModel(folder.path)).rejects.toThrow(
      'the layer "dense": expected kernel of shape [2, 2], got [3, 2]; the weights are those of another model',
    );
    expect(engine().memory().numTensors).toBe(before);
  });

  it('makes no tensor where the files are refused', async () => {
    await store({ 'model.json': group(KERNEL, BIAS), 'a.bin': new Uint8Array(3) });
    const before = engine().memory().numTensors;
    await expect(loadModel(folder.path)).rejects.toThrow('path: ');
    expect(engine().memory().numTensors).toBe(before);
  });
});
