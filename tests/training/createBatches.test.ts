import { dispose, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { createBatches } from '../../src/training/createBatches';

const data = {
  count: 3,
  height: 2,
  width: 1,
  images: Uint8Array.of(0, 255, 51, 102, 153, 204),
  labels: Uint8Array.of(7, 8, 9),
};

beforeAll(() => useWasmBackend());

describe('createBatches', () => {
  it('makes numbers from 0 to 1 of the images asked for, in their order', () => {
    const makeBatch = createBatches(data, 3);
    const { images, labels } = makeBatch(Uint32Array.of(2, 0));
    expect([images.shape, images.dtype]).toEqual([[2, 2, 1, 1], 'float32']);
    expect(images.dataSync()).toEqual(Float32Array.of(0.6, 0.8, 0, 1));
    expect([labels.shape, labels.dtype]).toEqual([[2, 1], 'float32']);
    expect(labels.dataSync()).toEqual(Float32Array.of(9, 7));
    dispose([images, labels]);

    const next = makeBatch([1]);
    expect(next.images.dataSync()).toEqual(Float32Array.of(0.2, 0.4));
    expect(next.labels.dataSync()).toEqual(Float32Array.of(8));
    dispose([next.images, next.labels]);
    expect(memory().numTensors).toBe(0);
  });
});
