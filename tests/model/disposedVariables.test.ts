import { disposeVariables, memory } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { drawDigits } from '../../src/data/drawDigits';
import { createActivationModel } from '../../src/model/createActivationModel';
import { listLayers } from '../../src/model/listLayers';
import { saveModel } from '../../src/node/saveModel';
import { recordFilm } from '../../src/render/film/recordFilm';
import { describeDataset } from '../../src/statistics/describeDataset';
import { evaluateClassifier } from '../../src/training/evaluateClassifier';
import { visualizeDifference } from '../../src/visualizeDifference';
import { visualizeKernels } from '../../src/visualizeKernels';
import { visualizeLayers } from '../../src/visualizeLayers';

const MESSAGE =
  "model: expected a live model, got one whose weights have been disposed; tf.disposeVariables() disposes every model's";

beforeAll(() => useWasmBackend());

let model: LayersModel;
afterEach(() => disposeVariables());

const img = [
  [0, 1],
  [1, 0],
];

function build(): LayersModel {
  model = sequential({
    layers: [layers.conv2d({ name: 'conv', filters: 1, kernelSize: 2, inputShape: [2, 2, 1] })],
  });
  return model;
}

describe('a model after tf.disposeVariables()', () => {
  it.each<[string, () => unknown]>([
    ['visualizeLayers', () => visualizeLayers(model, img)],
    ['visualizeDifference', () => visualizeDifference({ model, img }, { img })],
    ['visualizeKernels', () => visualizeKernels(model, 'conv')],
    ['createActivationModel', () => createActivationModel(model)],
    ['listLayers', () => listLayers(model)],
    ['describeDataset', () => describeDataset(model, [img])],
    ['recordFilm', () => recordFilm(model, img)],
    ['evaluateClassifier', () => evaluateClassifier(model, drawDigits(1))],
    ['saveModel', () => saveModel(model, 'never-written')],
  ])('is refused by %s', async (_, call) => {
    build();
    disposeVariables();
    const before = memory().numTensors;
    await expect(async () => call()).rejects.toThrow(new Error(MESSAGE));
    expect(memory().numTensors).toBe(before);
  });

  it('is refused by the activation model that was made of it before', async () => {
    const activationModel = createActivationModel(build());
    disposeVariables();
    await expect(computeActivations(activationModel, img)).rejects.toThrow(new Error(MESSAGE));
  });
});
