import { getBackend } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../weights/LazyWeight';
import { countValues } from './parseModelJson';

/**
 * Makes room for the numbers of one weight after the other, while tensors are made of them.
 *
 * @returns `undefined` where each tensor has to have numbers of its own: the WASM backend copies what a tensor is made of, others keep it.
 */
export function makeRoom(weights: readonly LazyWeight[]): ArrayBuffer | undefined {
  if (getBackend() !== 'wasm') return undefined;
  const largest = weights.reduce((most, { shape }) => Math.max(most, countValues(shape)), 0);
  return new ArrayBuffer(4 * largest);
}
