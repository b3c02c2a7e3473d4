import { ones, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { ensureBackend } from '../../../src/backend/ensureBackend';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { input2, layer2, sequential2, topology2 } from './keras2';

beforeAll(ensureBackend);

function load(shape: readonly number[], layer: object) {
  const modelTopology = topology2(sequential2('net', [input2('image', shape), layer]));
  return loadLayersModel({ load: async () => convertKerasModel({ modelTopology }) });
}

it('takes other numbers of images than the one that the model was built with', async () => {
  const model = await load([16, 4, 4, 3], layer2('Conv2D', 'conv', { filters: 2, kernel_size: [3, 3] }));
  expect(model.inputs[0]!.shape).toEqual([null, 4, 4, 3]);
  const image = ones([2, 4, 4, 3]);
  const output = model.predict(image) as Tensor;
  expect(output.shape).toEqual([2, 2, 2, 2]);
  for (const each of [image, output]) each.dispose();
  model.dispose();
});

it('leaves it to a model with a layer that remembers', async () => {
  const model = await load(
    [16, 4, 3],
    layer2('SimpleRNN', 'memory', {
      units: 2,
      stateful: true,
      recurrent_initializer: 'zeros',
    }),
  );
  expect(model.inputs[0]!.shape).toEqual([16, 4, 3]);
  model.dispose();
});
