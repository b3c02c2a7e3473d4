import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/node/loadModel';
import { useFolder } from './modelFolder';

const ZIP = [0x50, 0x4b, 3, 4, 20, 0, 0, 0];

describe('a model of another framework', () => {
  const folder = useFolder();

  it.each<[string, number[], string]>([
    [
      'model.h5',
      [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10],
      'which is a Keras model in HDF5; convert it with: tensorflowjs_converter --input_format=keras "FILE" FOLDER',
    ],
    ['weights', [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10], 'which is a Keras model in HDF5; convert it with'],
    [
      'model.keras',
      ZIP,
      'which is a model of Keras 3; convert it with: tensorflowjs_converter --input_format=keras_keras "FILE" FOLDER',
    ],
    ['net.pt', ZIP, 'which is a model of PyTorch; export it to a SavedModel of TensorFlow'],
    ['old.pth', [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46], 'which is a model of PyTorch'],
    [
      'small.tflite',
      [0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33],
      'which is a model of TensorFlow Lite; convert the model that it was made from',
    ],
    ['net.onnx', [8, 7, 18, 7, 112, 121, 116, 111], 'which is a model in ONNX; export it'],
    ['net.safetensors', [64, 0, 0, 0, 0, 0, 0, 0], 'which is a file of safetensors; export it'],
    [
      'saved_model.pb',
      [8, 1, 18, 1],
      'which is a SavedModel; convert its folder with: tensorflowjs_converter --input_format=tf_saved_model',
    ],
  ])('is recognised, and what to do with it is said: %s', async (name, bytes, words) => {
    const file = join(folder.path, name);
    await writeFile(file, Uint8Array.from(bytes));
    await expect(loadModel(file)).rejects.toThrow(
      `path: expected a model.json, got "${file}", ${words.replace('FILE', file)}`,
    );
  });

  it('is recognised by its folder', async () => {
    const saved = join(folder.path, 'saved');
    await mkdir(saved);
    await writeFile(join(saved, 'saved_model.pb'), Uint8Array.of(8, 1));
    await expect(loadModel(saved)).rejects.toThrow('which is a SavedModel; convert its folder with');
  });

  it('is none where the file is text', async () => {
    const file = join(folder.path, 'model.json');
    await writeFile(file, 'PK');
    await expect(loadModel(file)).rejects.toThrow('which holds a text that is no JSON');
  });
});
