import {
  add,
  conv2d,
  engine,
  fill,
  fused,
  matMul,
  memory,
  relu,
  softmax,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import type { WasmBackend } from '../../../src/backend/wasmBackend';

type Backend = WasmBackend & { numDataIds(): number };

/** Takes all of the backend's memory in pieces of some sizes. It is never written, so that it costs nothing. */
function fillMemory(backend: Backend, sizes: readonly number[]): number[] {
  const pointers: number[] = [];
  for (const size of sizes) {
    try {
      for (;;) {
        const pointer = backend.wasm._malloc(size);
        pointers.push(pointer);
        expect((pointer >>> 0) + size).toBeLessThanOrEqual(backend.wasm.HEAPU8.length);
      }
    } catch (error) {
      expect(error).toEqual(
        new RangeError(
          `the memory of the WASM backend is full: it has no ${size} bytes left; give a smaller image, or look into fewer layers`,
        ),
      );
    }
  }
  return pointers;
}

it('a full memory is an error, after which every tensor is what it was', async () => {
  await useWasmBackend();
  const backend = engine().backend as unknown as Backend;
  const kept = tensor([1, 2, 3]);
  const x = fill([256, 256], 1);
  const img = fill([1, 64, 64, 16], 1);
  const filter = fill([3, 3, 16, 16], 1);
  const bias = fill([256], 1);
  const attempts: Record<string, () => Tensor> = {
    tensor: () => tensor(new Float32Array(256 * 256)),
    zeros: () => zeros([256, 256]),
    relu: () => relu(x),
    add: () => add(x, x),
    convolution: () => conv2d(img as never, filter as never, 1, 'same') as Tensor,
    product: () => matMul(x, x),
    'transposed product with a bias': () => fused.matMul({ a: x, b: x, transposeB: true, bias }) as Tensor,
    softmax: () => softmax(x),
  };
  const pointers = fillMemory(backend, [2 ** 28, 2 ** 22, 2 ** 16]);
  const count = () => [
    memory().numTensors,
    memory().numBytes,
    backend.numDataIds(),
    backend.refCount(x.dataId),
  ];
  const before = count();
  for (const [name, attempt] of Object.entries(attempts)) {
    expect(() => tidy(attempt), name).toThrow(
      new RangeError(
        'the memory of the WASM backend is full: it has no 262144 bytes left; give a smaller image, or look into fewer layers',
      ),
    );
    expect(count(), name).toEqual(before);
    expect([...kept.dataSync()], name).toEqual([1, 2, 3]);
  }
  expect(x.dataSync().every((value) => value === 1)).toBe(true);
  for (const pointer of pointers) backend.wasm._free(pointer);
  const product = tidy(() => matMul(x, x).dataSync());
  expect(product.every((value) => value === 256)).toBe(true);
  for (const each of [kept, x, img, filter, bias]) each.dispose();
  expect([memory().numTensors, backend.numDataIds()]).toEqual([0, 0]);
});

it('so is more than there can be', async () => {
  await useWasmBackend();
  const { wasm } = engine().backend as unknown as Backend;
  expect(() => wasm._malloc(2 ** 32 + 16)).toThrow(
    'it has no 4294967312 bytes left; give a smaller image, or look into fewer layers',
  );
  expect(() => tidy(() => zeros([0, 3]))).not.toThrow();
});
