import { fill, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';

/** Has the tests of a file run on the corrected backend; none may leave a tensor behind. */
export function useCorrections(): void {
  let before = 0;
  beforeAll(() => useWasmBackend());
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => expect(memory().numTensors).toBe(before));
}

/** The values of what is computed. */
export function valuesOf(compute: () => Tensor): number[] {
  return tidy(() => [...compute().dataSync()]);
}

export const ones = (shape: number[]) => fill(shape, 1) as never;

export const image = (values: number[], shape: [number, number, number, number]) => tensor(values, shape);
