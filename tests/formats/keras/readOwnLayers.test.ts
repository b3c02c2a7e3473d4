import { io, linspace, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { convertKerasModel } from '../../../src/formats/keras/convertKerasModel';
import { readKerasArchive } from '../../../src/formats/keras/readKerasArchive';
import { readKerasHdf5 } from '../../../src/formats/keras/readKerasHdf5';
import { packKeras } from './packKeras';
import { readKerasFixture } from './readKerasFixture';

beforeAll(async () => {
  await useWasmBackend();
});

it('layers that TensorFlow.js lacks get their weights out of files of every form', async () => {
  const weights = readKerasFixture('seldom.keras3.weights.h5');
  const files = [
    await packKeras(readKerasArchive({ config: readKerasFixture('seldom.json'), weights })),
    await packKeras(readKerasHdf5(readKerasFixture('seldom.keras2.h5'))),
    await packKeras(readKerasHdf5(readKerasFixture('seldom.keras3.h5'))),
  ];
  const seen: number[][] = [];
  for (const artifacts of files) {
    const model = await loadLayersModel(io.fromMemory(convertKerasModel(artifacts)));
    expect(model.layers.slice(-5).map((layer) => layer.getClassName())).toEqual([
      'Normalization',
      'MultiHeadAttention',
      'GroupNormalization',
      'RMSNormalization',
      'GRU',
    ]);
    const given = () => reshape(linspace(-1, 1, 12), [1, 3, 4]);
    seen.push(tidy(() => [...(model.predict(given()) as Tensor).dataSync()]));
    model.dispose();
  }
  const [first, ...others] = seen;
  expect(first!.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
  for (const other of others) expect(other).toEqual(first);
});
