import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBackend } from '../../src/backend/ensureBackend';
import { loadGraphModel } from '../../src/node/loadGraphModel';
import { loadModel } from '../../src/node/loadModel';
import { saveModel } from '../../src/node/saveModel';
import { visualizeLayers } from '../../src/visualizeLayers';
import { articleGraph } from '../model/graph/articleGraph';
import { writeGraphFiles } from '../model/graph/graphDef';
import { ofImage, readFloats } from '../reference';
import { relativeError } from '../training/random';
import { useFolder } from './modelFolder';

describe('loadGraphModel', () => {
  const folder = useFolder();
  beforeAll(() => ensureBackend());

  it('loads what the converter writes, by its folder or its file', async () => {
    await writeGraphFiles(folder.path, articleGraph(true));
    for (const path of [folder.path, join(folder.path, 'model.json')]) {
      const before = memory().numTensors;
      const model = await loadGraphModel(path);
      const [conv1] = await visualizeLayers(model, {
        data: ofImage(readFloats('input'), 0),
        shape: [28, 28, 1],
      });
      expect(relativeError(conv1!.activation.data, ofImage(readFloats('conv1'), 0))).toBeLessThan(1e-5);
      model.dispose();
      expect(memory().numTensors).toBe(before);
    }
  });

  it('says what is wrong with the files', async () => {
    await expect(loadGraphModel(7 as never)).rejects.toThrow('path: expected the path of a model');
    await expect(loadGraphModel(join(folder.path, 'none'))).rejects.toThrow('(ENOENT)');
    await writeGraphFiles(folder.path, articleGraph(true));
    const file = join(folder.path, 'model.json');
    await expect(loadModel(folder.path)).rejects.toThrow(
      `path: expected a layers model, got "${file}", which is a graph model; loadGraphModel loads it`,
    );
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"versions"', '"elsewhere"'));
    await expect(loadGraphModel(folder.path)).rejects.toThrow(
      `path: expected a model that TensorFlow.js can build, got "${file}": `,
    );
    await writeFile(file, text);
    await writeFile(join(folder.path, 'weights.bin'), new Uint8Array(3));
    await expect(loadGraphModel(folder.path)).rejects.toThrow('bytes in "weights.bin"');
  });

  it('refuses a layers model, and names what loads it', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
    await saveModel(model, folder.path);
    model.dispose();
    await expect(loadGraphModel(folder.path)).rejects.toThrow('which is a layers model; loadModel loads it');
  });
});
