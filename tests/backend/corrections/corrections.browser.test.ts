import { fused, maxPool3d, memory, ones, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';

it('a page computes right what TensorFlow.js computes wrong', async () => {
  await useWasmBackend();
  const convolved = tidy(() =>
    (
      fused.conv2d({
        x: ones([1, 6, 6, 1]) as never,
        filter: ones([2, 2, 1, 1]) as never,
        strides: 3,
        pad: 'same',
        bias: tensor([5]),
      }) as Tensor
    ).dataSync(),
  );
  expect([...convolved]).toEqual([9, 9, 9, 9]);
  const pooled = tidy(() =>
    (maxPool3d(tensor([-3, -2], [1, 1, 1, 2, 1]) as never, [1, 1, 2], 1, 'valid') as Tensor).dataSync(),
  );
  expect([...pooled]).toEqual([-2]);
  expect(memory().numTensors).toBe(0);
});
