import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { findWrongWeight } from '../../../src/formats/keras/findWrongWeight';
import { readKerasHdf5 } from '../../../src/formats/keras/readKerasHdf5';
import { readKerasFixture } from './readKerasFixture';

beforeAll(() => setBackend('cpu'));

it('names the layer whose weights have a shape that only the model tells', async () => {
  const { modelTopology, weightSpecs } = convertKerasModel(
    await readKerasHdf5(readKerasFixture('images.keras2.h5')),
  );
  const model = await loadLayersModel({ load: async () => ({ modelTopology: modelTopology! }) });
  const change = (changed: string, shape: number[]) =>
    weightSpecs!.map((spec) => (spec.name === changed ? { ...spec, shape } : spec));
  expect(findWrongWeight(model, weightSpecs!)).toBeUndefined();
  expect(findWrongWeight(model, change('conv2d/kernel', [1, 1, 5, 3]))?.message).toBe(
    'the layer "conv2d": expected kernel of shape [1, 1, 4, 3], got [1, 1, 5, 3]; the weights are those of another model',
  );
  expect(findWrongWeight(model, change('p/alpha', [6]))?.message).toBe(
    'the layer "p": expected alpha of shape [4, 4, 6], got [6]; the weights are those of another model',
  );
  model.dispose();
});
