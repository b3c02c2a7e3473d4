import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { convertKerasModel } from '../../../../src/formats/keras/convertKerasModel';
import { listLayers } from '../../../../src/model/listLayers';
import { planReceptiveField } from '../../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../../src/model/receptiveField/traceReceptiveField';
import { isTrainingOnly } from '../../../../src/model/selection/isTrainingOnly';
import { layerModels, loadConverted, predict, saveInMemory } from '../loadConverted';

const image = [1, -2, 3, 4, 5, -6, 7, 8];

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer that works in training alone', () => {
  it.each([
    ['RandomFlip', { mode: 'horizontal', seed: 1 }],
    ['RandomRotation', { factor: [-0.2, 0.2], fill_mode: 'reflect' }],
    ['RandomZoom', { height_factor: 0.5, width_factor: null }],
    ['RandomContrast', { factor: 0.9 }],
    ['RandomTranslation', { height_factor: 0.5, width_factor: 0.5 }],
    ['RandomBrightness', { factor: 0.9, value_range: [0, 255] }],
    ['RandomHeight', { factor: 0.5 }],
    ['RandomWidth', { factor: 0.5 }],
    ['SpatialDropout2D', { rate: 0.5 }],
    ['ActivityRegularization', { l1: 0.5, l2: 0 }],
    ['GaussianNoise', { stddev: 3 }],
    ['GaussianDropout', { rate: 0.5 }],
    ['AlphaDropout', { rate: 0.5, noise_shape: null, seed: null }],
    ['Dropout', { rate: 0.5 }],
  ])('puts out what it gets, which listLayers says: %s', async (className, config) => {
    const shape = [2, 2, 2];
    for (const topology of Object.values(layerModels(className, shape, config))) {
      const model = await loadConverted(topology);
      expect(predict(model, [1, ...shape], image)).toEqual(image);
      expect(listLayers(model).map(({ trainingOnly }) => trainingOnly)).toEqual([undefined, true]);
      const plan = planReceptiveField(model, [2, 2]);
      expect(traceReceptiveField(plan, 'l', 1, 0).patches).toEqual([{ rows: [1], columns: [0] }]);

      const again = await loadConverted(convertKerasModel(await saveInMemory(model)).modelTopology as object);
      expect(predict(again, [1, ...shape], image)).toEqual(image);
      for (const each of [model, again]) each.dispose();
    }
  });

  it('is not the RandomWidth of TensorFlow.js, which works always', () => {
    expect(isTrainingOnly('KerasRandomWidth')).toBe(true);
    expect(isTrainingOnly('RandomWidth')).toBe(false);
  });
});
