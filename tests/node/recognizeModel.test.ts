import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadGraphModel } from '../../src/node/loadGraphModel';
import { loadModel } from '../../src/node/loadModel';
import { useFolder } from './modelFolder';

const ZIP = [0x50, 0x4b, 3, 4, 20, 0, 0, 0];
const HDF5 = [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10];

describe('a model of another framework', () => {
  const folder = useFolder();

  it.each<[string, number[], string]>([
    ['net.pt', ZIP, 'which is a model of PyTorch; export it to ONNX with torch.onnx.export, and open that'],
    ['old.pth', [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46], 'which is a model of PyTorch'],
    [
      'small.tflite',
      [0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33],
      'which is a model of TensorFlow Lite; open the model that it was made from',
    ],
    [
      'model.json',
      [...Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n')],
      'which is a pointer of Git LFS to a file that is not here; fetch it with: git lfs pull',
    ],
    [
      'tensorflowjs_model.pb',
      [10, 1],
      'which is a graph in the form of tensorflowjs_converter before 1.0; convert it with: tensorflowjs_converter of version 0.8.6, and its script pb2json',
    ],
    [
      'net.safetensors',
      [64, 0, 0, 0, 0, 0, 0, 0],
      'which is a file of safetensors, which has weights only; export it to ONNX',
    ],
    [
      'saved_model.pb',
      [8, 1, 18, 1],
      'which is a SavedModel; convert its folder with: tensorflowjs_converter --input_format=tf_saved_model',
    ],
  ])('is recognised, and what to do with it is said: %s', async (name, bytes, words) => {
    const file = join(folder.path, name);
    await writeFile(file, Uint8Array.from(bytes));
    await expect(loadModel(file)).rejects.toThrow(
      `path: expected a model that can be opened, got "${file}", ${words.replace('FILE', file)}`,
    );
  });

  it.each<[string, number[], string]>([
    [
      'saved_model.pb',
      [8, 1],
      'which is a SavedModel; convert its folder with: tensorflowjs_converter --input_format=tf_saved_model SAVED_MODEL FOLDER',
    ],
    [
      'tensorflowjs_model.pb',
      [10, 1],
      'which is a graph in the form of tensorflowjs_converter before 1.0; convert it with: tensorflowjs_converter of version 0.8.6, and its script pb2json',
    ],
  ])('is recognised by a folder that has only %s', async (name, bytes, words) => {
    const saved = join(folder.path, 'saved');
    await mkdir(saved);
    await writeFile(join(saved, name), Uint8Array.from(bytes));
    await writeFile(join(saved, 'notes.txt'), '');
    const file = join(saved, name);
    await expect(loadModel(saved)).rejects.toThrow(
      new Error(`path: expected a model that can be opened, got "${file}", ${words.replace('FILE', file)}`),
    );
  });

  it('is passed over where there is a model.json beside it', async () => {
    await writeFile(join(folder.path, 'model.h5'), Uint8Array.from(HDF5));
    await writeFile(join(folder.path, 'model.json'), '[]');
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected a model.json, got "${join(folder.path, 'model.json')}", which holds []`,
    );
  });

  it('is looked for at a file: URL, as any other', async () => {
    const file = join(folder.path, 'a b.pt');
    await writeFile(file, Uint8Array.from(ZIP));
    for (const load of [loadModel, loadGraphModel]) {
      await expect(load(pathToFileURL(file).href)).rejects.toThrow(
        `path: expected a model that can be opened, got "${file}", which is a model of PyTorch; `,
      );
    }
  });

  it.each(['https://example.org/model.json', 'http://localhost/', 'indexeddb://model', 'data:,{}'])(
    'is no other address: %s',
    async (address) => {
      for (const load of [loadModel, loadGraphModel]) {
        await expect(load(address)).rejects.toThrow(
          new TypeError(
            `path: expected a path or a file: URL, got "${address}", which is another address; fetch it and pass its bytes`,
          ),
        );
      }
    },
  );

  it('is none where the file is text', async () => {
    const file = join(folder.path, 'model.json');
    await writeFile(file, 'PK');
    await expect(loadModel(file)).rejects.toThrow('which holds a text that is no JSON');
  });
});
