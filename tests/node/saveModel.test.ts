import { mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { memory, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { buildArticleCnn } from '../../src/model/article/buildArticleCnn';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { loadModel } from '../../src/node/loadModel';
import { saveModel } from '../../src/node/saveModel';
import { buildBranches, buildLine, predict, readByHand, useFolder, weightsOf } from './modelFolder';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, rename: vi.fn(original.rename), writeFile: vi.fn(original.writeFile) };
});

const folder = useFolder();
const models: LayersModel[] = [];
const own = <Model extends LayersModel>(model: Model): Model => {
  models.push(model);
  return model;
};

beforeAll(() => useWasmBackend());
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

/** The one file of weights that a folder has, if it has `model.json` and that. */
async function weightsFile(path = folder.path): Promise<string> {
  const names = await readdir(path);
  expect(names).toEqual(['model.json', expect.stringMatching(/^weights-[0-9a-f-]{36}\.bin$/)]);
  return names[1]!;
}

describe('saveModel', () => {
  it.each([
    ['the network of the article', loadArticleCnn],
    ['a functional model with moving averages', async () => buildBranches()],
  ])('saves %s so that a reader that knows the format only finds every weight', async (_, build) => {
    const model = own(await build());
    await saveModel(model, folder.path);
    expect(await readByHand(folder.path)).toEqual(weightsOf(model));
  });

  it('writes model.json as tfjs does', async () => {
    const model = own(buildLine(2, 3));
    model.setUserDefinedMetadata({ classes: ['only'] });
    await saveModel(model, folder.path);
    const file = await weightsFile();
    const json = JSON.parse(await readFile(join(folder.path, 'model.json'), 'utf8'));
    expect(json).toEqual({
      modelTopology: expect.objectContaining({ class_name: 'Sequential', keras_version: expect.anything() }),
      format: 'layers-model',
      generatedBy: expect.stringContaining('TensorFlow.js'),
      convertedBy: null,
      userDefinedMetadata: { classes: ['only'] },
      weightsManifest: [
        {
          paths: [file],
          weights: [
            { name: 'line/kernel', shape: [1, 1], dtype: 'float32' },
            { name: 'line/bias', shape: [1], dtype: 'float32' },
          ],
        },
      ],
    });
    expect([...(await readFile(join(folder.path, file)))]).toEqual([0, 0, 0, 64, 0, 0, 64, 64]);
  });

  it('is read by tfjs from an address', async () => {
    const model = own(await loadArticleCnn());
    await saveModel(model, folder.path);
    const server = createServer(async ({ url }, response) => {
      response.end(await readFile(join(folder.path, url!)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const loaded = own(await loadLayersModel(`http://127.0.0.1:${port}/model.json`));
      expect(weightsOf(loaded)).toEqual(weightsOf(model));
      expect(predict(loaded)).toEqual(predict(model));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('makes folders that are missing', async () => {
    const path = join(folder.path, 'of', 'today');
    await saveModel(own(buildLine(1, 0)), path);
    await weightsFile(path);
  });

  it('saves a model without weights', async () => {
    const pool = layers.maxPooling2d({ poolSize: 2, inputShape: [4, 4, 1] });
    const model = own(sequential({ layers: [pool] }));
    await saveModel(model, folder.path);
    expect(predict(own(await loadModel(folder.path)))).toEqual(predict(model));
  });

  it('replaces a model, and leaves files alone that it has not written', async () => {
    await writeFile(join(folder.path, 'weights.bin'), 'of somebody else');
    await writeFile(join(folder.path, 'weights-notes.bin'), 'of somebody else');
    for (const scale of [1, 2, 3]) await saveModel(own(buildLine(scale, 0)), folder.path);
    expect((await readdir(folder.path)).filter((name) => !/^weights-.{36}\.bin$/.test(name))).toEqual([
      'model.json',
      'weights-notes.bin',
      'weights.bin',
    ]);
    expect(await readdir(folder.path)).toHaveLength(4);
    expect(await readByHand(folder.path)).toEqual({ 'line/kernel': [3], 'line/bias': [0] });
  });

  it.each([
    ['the new model.json', () => vi.mocked(writeFile).mockImplementationOnce(full)],
    [
      'the weights',
      () => {
        const write = vi.mocked(writeFile).getMockImplementation()!;
        vi.mocked(writeFile).mockImplementationOnce(write).mockImplementationOnce(full);
      },
    ],
    ['the last step', () => vi.mocked(rename).mockImplementationOnce(full)],
  ])('keeps the old model, and no other file, where %s fails', async (_, breakDown) => {
    await saveModel(own(buildLine(1, 10)), folder.path);
    const before = await weightsFile();
    breakDown();
    await expect(saveModel(own(buildLine(2, 20)), folder.path)).rejects.toThrow('the disk is full');
    expect(await weightsFile()).toBe(before);
    expect(weightsOf(own(await loadModel(folder.path)))).toEqual({ 'line/kernel': [1], 'line/bias': [10] });
  });

  it('shows the old model until the last step, the new one after it', async () => {
    await saveModel(own(buildLine(1, 10)), folder.path);
    const seen: unknown[] = [];
    const move = vi.mocked(rename).getMockImplementation()!;
    vi.mocked(rename).mockImplementationOnce(async (from, to) => {
      seen.push(await readByHand(folder.path));
      await move(from, to);
      seen.push(await readByHand(folder.path));
    });
    await saveModel(own(buildLine(2, 20)), folder.path);
    expect(seen).toEqual([
      { 'line/kernel': [1], 'line/bias': [10] },
      { 'line/kernel': [2], 'line/bias': [20] },
    ]);
  });

  it('stands being called at the same time: readers see one whole model or another', async () => {
    const lines = [1, 2, 3].map((scale) => own(buildLine(scale, 10 * scale)));
    await saveModel(lines[0]!, folder.path);
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 30 }, (_, index) => saveModel(lines[index % 3]!, folder.path)),
    ).finally(() => {
      writing = false;
    });
    let reads = 0;
    while (writing) {
      const loaded = await loadModel(folder.path);
      const { 'line/kernel': scale, 'line/bias': offset } = weightsOf(loaded);
      loaded.dispose();
      expect(offset).toEqual([10 * scale![0]!]);
      reads++;
    }
    await writers;
    expect(reads).toBeGreaterThan(0);
    await weightsFile();
  });

  it.each(['rmsprop', 'adam'])('saves the state of %s where asked to', async (optimizer) => {
    const model = own(await train(buildLine(1, 0), optimizer));
    await saveModel(model, join(folder.path, 'first'), { includeOptimizer: true });
    const loaded = own(await loadModel(join(folder.path, 'first')));
    await saveModel(loaded, join(folder.path, 'second'), { includeOptimizer: true });
    const [first, second] = await Promise.all(
      ['first', 'second'].map((name) => readByHand(join(folder.path, name))),
    );
    expect(Object.keys(first!).length).toBeGreaterThan(4);
    expect(second).toEqual(first);
  });

  it('saves the optimizer so that training goes on as if it had not stopped', async () => {
    const model = own(await train(buildLine(1, 0), 'rmsprop'));
    await saveModel(model, folder.path, { includeOptimizer: true });
    const loaded = own(await loadModel(folder.path));
    await train(model);
    await train(loaded);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
  });

  it.each([
    ['without', false],
    ['with', true],
  ])('makes no tensor, %s optimizer', async (_, includeOptimizer) => {
    const model = own(buildLine(1, 0));
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const before = memory();
    await saveModel(model, folder.path, { includeOptimizer });
    await saveModel(model, folder.path, { includeOptimizer });
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'model: expected a layers model of TensorFlow.js, got undefined'],
    ['text', 'my-model', 'model: expected a layers model of TensorFlow.js, got "my-model"'],
    ['an object', { layers: [] }, 'model: expected a layers model of TensorFlow.js, got an object'],
  ])('refuses %s as a model', async (_, model, message) => {
    await expect(saveModel(model as never, folder.path)).rejects.toThrow(new TypeError(message));
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('refuses a model that is not built, or has been disposed', async () => {
    await expect(saveModel(sequential(), folder.path)).rejects.toThrow(
      'model: expected a model that is built, got one without input; give its first layer an inputShape',
    );
    const model = buildArticleCnn({ seed: 1 });
    model.dispose();
    await expect(saveModel(model, folder.path)).rejects.toThrow(
      'model: expected a live model, got one that has been disposed',
    );
  });

  it('refuses a model that could not be loaded again', async () => {
    const inner = sequential({ layers: [layers.dense({ name: 'same', units: 1, inputShape: [1] })] });
    const model = own(sequential({ layers: [inner, layers.dense({ name: 'same', units: 1 })] }));
    await expect(saveModel(model, folder.path)).rejects.toThrow(
      'model: expected a name of its own for every weight, got "same/kernel" twice; name the layers apart',
    );
  });

  it.each([undefined, null, '', 3])('refuses %j as a folder', async (directory) => {
    await expect(saveModel(own(buildLine(1, 0)), directory as never)).rejects.toThrow(
      new TypeError(`directory: expected the path of a folder, got ${JSON.stringify(directory)}`),
    );
  });

  it('refuses a file as a folder', async () => {
    const path = join(folder.path, 'file');
    await writeFile(path, 'kept');
    const model = own(buildLine(1, 0));
    await expect(saveModel(model, path)).rejects.toThrow(
      `directory: expected a folder, got "${path}", which is a file`,
    );
    await expect(saveModel(model, join(path, 'inside'))).rejects.toThrow(
      `directory: expected a folder, got "${join(path, 'inside')}" (ENOTDIR)`,
    );
    expect(await readFile(path, 'utf8')).toBe('kept');
  });

  it.runIf(process.platform === 'linux')('fails where no folder can be made', async () => {
    await expect(saveModel(own(buildLine(1, 0)), '/proc/foo')).rejects.toThrow(
      'directory: expected a folder, got "/proc/foo" (ENOENT)',
    );
  });

  it('clears what a killed process has left, an hour later', async () => {
    const model = own(buildLine(1, 0));
    const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
    const files = (id: string) => [`.model-${id}.json`, `weights-${id}.bin`];
    await mkdir(folder.path, { recursive: true });
    for (const name of [...files(old), ...files(recent)]) await writeFile(join(folder.path, name), '{}');
    const before = new Date(Date.now() - 61 * 60 * 1000);
    for (const name of files(old)) await utimes(join(folder.path, name), before, before);
    await saveModel(model, folder.path);
    const names = await readdir(folder.path);
    expect(names).toHaveLength(4);
    expect(names).toEqual(expect.arrayContaining(files(recent)));
    expect(names).not.toEqual(expect.arrayContaining([expect.stringContaining(old)]));
  });

  it('takes a file: URL, and names other addresses', async () => {
    const model = own(buildLine(1, 0));
    const { href } = pathToFileURL(join(folder.path, 'a b'));
    await saveModel(model, href);
    own(await loadModel(href));
    for (const address of ['https://example.org/model', 'localstorage://model']) {
      const message = `expected a path or a file: URL, got "${address}", which is another address`;
      await expect(saveModel(model, address)).rejects.toThrow(`directory: ${message}`);
      await expect(loadModel(address)).rejects.toThrow(`path: ${message}`);
    }
  });

  it('leaves a folder of the name model.json, and no other file', async () => {
    await mkdir(join(folder.path, 'model.json'));
    await expect(saveModel(own(buildLine(1, 0)), folder.path)).rejects.toMatchObject({ syscall: 'rename' });
    expect(await readdir(folder.path)).toEqual(['model.json']);
  });

  it('refuses options of the wrong kind', async () => {
    const model = own(buildLine(1, 0));
    await expect(saveModel(model, folder.path, { includeOptimizer: 1 as never })).rejects.toThrow(
      new TypeError('includeOptimizer: expected true or false, got 1'),
    );
    await expect(saveModel(model, folder.path, { includeOptimizer: true })).rejects.toThrow(
      new TypeError('includeOptimizer: expected a model that is compiled, got one without optimizer'),
    );
  });
});

async function full(): Promise<never> {
  throw new Error('the disk is full');
}

/** Five steps, with the optimizer that the model has, unless one is given. */
async function train(model: LayersModel, optimizer?: string): Promise<LayersModel> {
  if (optimizer) model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mse'] });
  const [x, y] = [tensor([1, 2, 3], [3, 1]), tensor([3, 5, 7], [3, 1])];
  await model.fit(x, y, { epochs: 5, verbose: 0, shuffle: false });
  x.dispose();
  y.dispose();
  return model;
}
