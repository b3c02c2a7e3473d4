import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { drawDigits } from '../../src/data';
import { openModel } from '../../src/formats/openModel';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { createActivationModel } from '../../src/model/createActivationModel';
import { listLayers } from '../../src/model/listLayers';
import type { OpenedModel } from '../../src/model/OpenedModel';
import { unwrapModel } from '../../src/model/unwrapModel';
import { loadModel } from '../../src/node/loadModel';
import { saveModel } from '../../src/node/saveModel';
import { recordFilm } from '../../src/render/film/recordFilm';
import { describeDataset } from '../../src/statistics/describeDataset';
import { evaluateClassifier } from '../../src/training/evaluateClassifier';
import { visualizeDifference } from '../../src/visualizeDifference';
import { visualizeKernels } from '../../src/visualizeKernels';
import { visualizeLayers } from '../../src/visualizeLayers';
import { encodeJson, METADATA, saveFiles } from '../formats/modelSources';

let opened: OpenedModel;
let model: LayersModel;
let folder: string;

beforeAll(async () => {
  await useWasmBackend();
  model = await loadArticleCnn();
  const labels = Array.from({ length: 10 }, (_, digit) => `digit ${digit}`);
  opened = await openModel({
    ...(await saveFiles(model)),
    'metadata.json': encodeJson({ ...METADATA, labels }),
  });
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterAll(() => rm(folder, { recursive: true }));

const bytes = { width: 28, height: 28, data: Uint8Array.from({ length: 784 }, (_, at) => at % 256) };
const floats = { width: 28, height: 28, data: Float32Array.from({ length: 784 }, (_, at) => Math.sin(at)) };
const TF = { preprocess: 'tf' } as const;

describe('what openModel has returned', () => {
  it('brings its preprocessing, of which numbers that are none of a picture know nothing', async () => {
    expect(opened.preprocess).toBe('tf');
    const figures = await visualizeLayers(opened, bytes);
    expect(figures).toEqual(await visualizeLayers(model, bytes, TF));
    expect(figures[0]!.activation.data).not.toEqual(
      (await visualizeLayers(model, bytes))[0]!.activation.data,
    );
    expect(await visualizeLayers(opened, floats)).toEqual(await visualizeLayers(model, floats));
  });

  it('gives way to what the options say', async () => {
    const options = { preprocess: 'unit' } as const;
    expect(await visualizeLayers(opened, bytes, options)).toEqual(
      await visualizeLayers(model, bytes, options),
    );
  });

  it('is taken by every function that takes a model', async () => {
    const before = memory().numTensors;
    const activationModel = createActivationModel(opened, ['conv1']);
    expect(activationModel.preprocess).toBe('tf');
    const plain = createActivationModel(model, ['conv1']);
    expect(await computeActivations(activationModel, bytes)).toEqual(
      await computeActivations(plain, bytes, TF),
    );
    activationModel.dispose();
    plain.dispose();
    expect(listLayers(opened)).toEqual(listLayers(model));
    expect(await visualizeKernels(opened, 'conv1')).toEqual(await visualizeKernels(model, 'conv1'));
    expect(await describeDataset(opened, [bytes])).toEqual(await describeDataset(model, [bytes], TF));
    expect(await visualizeDifference({ model: opened, img: bytes }, { img: floats })).toEqual(
      await visualizeDifference({ model, img: bytes, ...TF }, { img: floats }),
    );
    const film = recordFilm(opened, bytes);
    await film.record('a');
    const same = recordFilm(model, bytes, TF);
    await same.record('a');
    expect(film.films()).toEqual(same.films());
    film.dispose();
    same.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is judged by the values that it wants', async () => {
    const digits = drawDigits(20);
    const [wanted, other] = [
      await evaluateClassifier(opened, digits),
      await evaluateClassifier(model, digits),
    ];
    expect(wanted.loss).not.toBe(other.loss);
    const unit = { ...opened, preprocess: 'unit' as const };
    expect((await evaluateClassifier(unit, digits)).loss).toBeCloseTo(other.loss, 5);
  });

  it('is saved as the model that it has', async () => {
    await saveModel(opened, folder);
    const saved = await loadModel(folder);
    expect(saved.getWeights().map((weight) => weight.dataSync())).toEqual(
      model.getWeights().map((weight) => weight.dataSync()),
    );
    saved.dispose();
  });

  it('is refused once it has been disposed', async () => {
    const files = await saveFiles(model);
    const gone = await openModel(files);
    gone.dispose();
    const words = 'model: expected a live model, got one that has been disposed';
    await expect(visualizeLayers(gone, bytes)).rejects.toThrow(words);
    expect(() => listLayers(gone)).toThrow(words);
    await expect(saveModel(gone, folder)).rejects.toThrow(words);
    await expect(evaluateClassifier(gone, drawDigits(2))).rejects.toThrow(words);
  });
});

describe('unwrapModel', () => {
  it('hands on what has not been opened', () => {
    expect(unwrapModel(model)).toEqual({ model });
    expect(unwrapModel<unknown>(undefined)).toEqual({ model: undefined });
    expect(unwrapModel(opened)).toMatchObject({ model: opened.model, preprocess: 'tf' });
  });
});
