import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { GraphModelLike } from '../../src/model/graph/GraphModelLike';
import { loadGraphModel } from '../../src/node/loadGraphModel';
import { loadModel } from '../../src/node/loadModel';
import { openModel } from '../../src/node/openModel';
import {
  buildTeachable,
  encode,
  encodeJson,
  type Files,
  METADATA,
  readFixture,
  saveFiles,
  zip,
} from '../formats/modelSources';
import { useFolder } from './modelFolder';

const folder = useFolder();
let before: number;

beforeAll(() => useWasmBackend());
beforeEach(() => {
  before = memory().numTensors;
});

async function store(files: Files): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}

/** Opens, and says of what format it is. */
async function formatOf(source: string | URL): Promise<string> {
  const opened = await openModel(source);
  opened.dispose();
  expect(memory().numTensors).toBe(before);
  return opened.format;
}

const H5 = () => readFixture('keras/files/images.keras2.h5');
const CONFIG = () => {
  const { configs } = JSON.parse(new TextDecoder().decode(readFixture('keras/files/images.json')));
  return encodeJson(configs.keras3);
};

describe('openModel of layerscope/node', () => {
  it('opens a file by its path, its file: URL, and by the folder that it is in', async () => {
    await store({ 'model.h5': H5(), 'notes.txt': encode('notes'), 'picture.png': encode('x') });
    const path = join(folder.path, 'model.h5');
    for (const source of [path, pathToFileURL(path), pathToFileURL(path).href, folder.path]) {
      expect(await formatOf(source)).toBe('hdf5');
    }
  });

  it('finds what belongs to a model beside it', async () => {
    const model = buildTeachable();
    await store({ ...(await saveFiles(model)), 'metadata.json': encodeJson(METADATA) });
    model.dispose();
    before = memory().numTensors;
    for (const source of [folder.path, join(folder.path, 'model.json')]) {
      const opened = await openModel(source);
      expect(opened).toMatchObject({
        format: 'teachable-machine',
        classNames: ['Cat', 'Dog'],
        preprocess: 'tf',
      });
      opened.dispose();
    }
    await store({ 'other/net.weights.h5': readFixture('keras/files/images.keras3.weights.h5') });
    const weights = join(folder.path, 'other/net.weights.h5');
    await expect(openModel(weights)).rejects.toThrow(`got "${weights}": it has weights only`);
    await store({ 'other/config.json': CONFIG() });
    expect(await formatOf(weights)).toBe('hdf5');
  });

  it('takes what openModel of layerscope/open takes', async () => {
    const opened = await openModel(zip({ 'model.h5': H5() }));
    expect(opened.format).toBe('hdf5');
    opened.dispose();
    await expect(openModel('')).rejects.toThrow(
      new TypeError('source: expected a path or an address, got ""'),
    );
    await expect(openModel('indexeddb://model')).rejects.toThrow(
      'source: expected a path or a file: URL, got "indexeddb://model", which is another address',
    );
  });

  it('says which file it is that is none', async () => {
    const missing = join(folder.path, 'missing.h5');
    await expect(openModel(missing)).rejects.toThrow(
      `source: expected a model that can be read, got "${missing}" (ENOENT)`,
    );
    await store({ 'a.txt': encode('a'), 'b.txt': encode('b') });
    await expect(openModel(folder.path)).rejects.toThrow(
      `source: expected a .keras, .h5 or .onnx file, a model.json with its weights, or a ZIP archive of them, got "a.txt", "b.txt" in "${folder.path}"`,
    );
  });

  it('reads no more of a folder’s files than their beginnings to find the model', async () => {
    await store({ 'model.h5': H5(), 'data.json': encode('[1, 2'), 'big.zip': encode('none') });
    const told: number[] = [];
    const opened = await openModel(folder.path, { onProgress: (loaded) => told.push(loaded) });
    opened.dispose();
    expect(told.at(-1)).toBe(H5().length);
  });
});

describe('loadModel and loadGraphModel', () => {
  it('read what each of them is for, and say who reads the other', async () => {
    await store({ 'a.keras': zip({ 'model.h5': H5() }), 'b.onnx': readFixture('onnx/audio.onnx') });
    const [keras, onnx] = [join(folder.path, 'a.keras'), join(folder.path, 'b.onnx')];
    const model = await loadModel(keras);
    expect(model.layers[0]!.name).toBe('picture');
    model.dispose();
    const graph = await loadGraphModel(onnx);
    expect(graph.inputs).toHaveLength(1);
    graph.dispose();
    expect(memory().numTensors).toBe(before);
    await expect(loadModel(onnx)).rejects.toThrow(
      `path: expected a layers model, got "${onnx}", which is a graph model; loadGraphModel loads it`,
    );
    await expect(loadGraphModel(keras)).rejects.toThrow(
      `path: expected a graph model, got "model.h5" in "${keras}", which is a layers model; loadModel loads it`,
    );
  });
});

describe('an ONNX file whose weights lie beside it', () => {
  const message = (id: number, ...parts: readonly Uint8Array[]) => {
    const bytes = parts.flatMap((part) => [...part]);
    const { length } = bytes;
    return Uint8Array.of(
      id * 8 + 2,
      ...(length < 128 ? [length] : [(length & 127) | 128, length >> 7]),
      ...bytes,
    );
  };
  const number = (id: number, value: number) => Uint8Array.of(id * 8, value);
  const text = (id: number, value: string) => message(id, encode(value));
  const value = (id: number, name: string) => {
    const size = (length: number) => message(1, number(1, length));
    const shape = message(2, size(1), size(2));
    return message(id, text(1, name), message(2, message(1, number(1, 1), shape)));
  };
  /** y = x + a + b, where a and b are two numbers each in files of their own. */
  const model = (first = 'a.bin', second = 'parts/b.bin') => {
    const outside = (name: string, location: string) =>
      message(
        5,
        number(1, 1),
        number(1, 2),
        number(2, 1),
        text(8, name),
        message(13, text(1, 'location'), text(2, location)),
        number(14, 1),
      );
    const add = (from: string, other: string, to: string) =>
      message(1, text(1, from), text(1, other), text(2, to), text(3, to), text(4, 'Add'));
    const graph = message(
      7,
      add('x', 'a', 'sum'),
      add('sum', 'b', 'y'),
      text(2, 'g'),
      outside('a', first),
      outside('b', second),
      value(11, 'x'),
      value(12, 'y'),
    );
    return Uint8Array.of(...number(1, 8), ...graph, ...message(8, number(2, 13)));
  };
  const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

  const run = async (source: Parameters<typeof openModel>[0]) => {
    const opened = await openModel(source);
    const x = tensor([[1, 2]]);
    const graph = opened.model as GraphModelLike;
    const output = graph.execute({ [graph.inputs[0]!.name]: x }, ['y']) as Tensor;
    const values = [...output.dataSync()];
    output.dispose();
    x.dispose();
    opened.dispose();
    expect(memory().numTensors).toBe(before);
    return values;
  };

  it('is opened with them, from the disk and of bytes by name', async () => {
    const files = { 'net.onnx': model(), 'a.bin': floats(10, 20), 'parts/b.bin': floats(100, 200) };
    await store(files);
    expect(await run(join(folder.path, 'net.onnx'))).toEqual([111, 222]);
    expect(await run(folder.path)).toEqual([111, 222]);
    expect(await run(files)).toEqual([111, 222]);
    expect(await run(zip(files))).toEqual([111, 222]);
  });

  it('says which of them is missing, and asks for none elsewhere', async () => {
    await store({ 'net.onnx': model(), 'a.bin': floats(10, 20) });
    await expect(openModel(join(folder.path, 'net.onnx'))).rejects.toThrow(
      `source: expected the weights of a model that can be read, got "${join(folder.path, 'parts/b.bin')}" (ENOENT)`,
    );
    await store({ 'net.onnx': model('../a.bin') });
    await expect(openModel(join(folder.path, 'net.onnx'))).rejects.toThrow('which is not beside the model');
    expect(memory().numTensors).toBe(before);
  });
});
