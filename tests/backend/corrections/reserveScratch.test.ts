import {
  conv2d,
  depthwiseConv2d,
  engine,
  fill,
  image,
  matMul,
  maxPool,
  prelu,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { WasmBackend } from '../../../src/backend/wasmBackend';
import { useCorrections } from './useCorrections';

useCorrections();

const [BLOCK, PAGE] = [2 ** 22, 2 ** 16];

/** Takes all of the backend's memory, without a look at how much is left for kernels. */
function fillMemory({ wasm }: WasmBackend) {
  const blocks = new Map<number, number[]>();
  const fillUp = () => {
    for (const size of [2 ** 28, BLOCK, PAGE, 2 ** 12, 2 ** 8]) {
      const taken = blocks.get(size) ?? [];
      blocks.set(size, taken);
      try {
        for (;;) taken.push(wasm._malloc(size));
      } catch {
        // Full.
      }
    }
  };
  const release = (bytes: number) => {
    const size = bytes < BLOCK ? PAGE : BLOCK;
    for (const pointer of blocks.get(size)!.splice(-Math.ceil(bytes / size))) wasm._free(pointer);
  };
  const releaseAll = () => {
    for (const pointer of [...blocks.values()].flat()) wasm._free(pointer);
  };
  fillUp();
  return { fillUp, release, releaseAll };
}

it('kernels that need more memory than what they put out compute right or refuse, whatever is left', () => {
  const written = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const given = [
    fill([1, 8, 8, 256], 1),
    fill([3, 3, 256, 512], 1),
    fill([1, 256, 256, 8], 1),
    fill([3, 3, 8, 1], 1),
    fill([768, 768], 1),
    tensor([0.5]),
  ] as const;
  const [small, filter, wide, windows, matrix, slope] = given as unknown as readonly never[];
  const cases: Record<string, readonly [compute: () => Tensor, value: number]> = {
    convolution: [() => conv2d(small!, filter!, 1, 'valid'), 9 * 256],
    depthwise: [() => depthwiseConv2d(wide!, windows!, 1, 'valid'), 9],
    pooling: [() => maxPool(wide!, 3, 1, 'valid'), 1],
    enlargement: [() => image.resizeBilinear(wide!, [256, 256]), 1],
    product: [() => matMul(matrix!, matrix!), 768],
    'slope of a PReLU': [() => prelu(matrix!, slope!), 1],
  };
  const memory = fillMemory(engine().backend as unknown as WasmBackend);
  for (const [name, [compute, value]] of Object.entries(cases)) {
    const seen = new Set<string>();
    for (let bytes = 2 ** 16; bytes <= 2 ** 27; bytes *= 2) {
      memory.release(bytes);
      try {
        const isRight = tidy(() =>
          compute()
            .dataSync()
            .every((each) => each === value),
        );
        expect(isRight, `${name} with ${bytes} bytes`).toBe(true);
        seen.add('right');
      } catch (error) {
        expect(String(error), name).toMatch(/^RangeError: the memory of the WASM backend is full/);
        seen.add('refused');
      }
      memory.fillUp();
    }
    expect([...seen], name).toEqual(['refused', 'right']);
  }
  memory.releaseAll();
  // Nor has anything been kept of what failed.
  for (const [name, [compute, value]] of Object.entries(cases)) {
    expect(
      tidy(() =>
        compute()
          .dataSync()
          .every((each) => each === value),
      ),
      name,
    ).toBe(true);
  }
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
  for (const each of given) each.dispose();
});
