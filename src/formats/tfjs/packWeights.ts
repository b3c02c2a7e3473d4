import type { io } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../weights/LazyWeight';
import { sortWeights } from './sortWeights';

/** Writes all weights one behind the other. */
export function packWeights(
  weights: readonly LazyWeight[],
): Required<Pick<io.ModelArtifacts, 'weightSpecs' | 'weightData'>> {
  const sorted = sortWeights(weights);
  const lengths = sorted.map(
    ({ dtype, shape }) => shape.reduce((product, size) => product * size, 1) * (dtype === 'bool' ? 1 : 4),
  );
  const block = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  sorted.forEach(({ read }, index) => {
    const { buffer, byteOffset, byteLength } = read();
    block.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += lengths[index]!;
  });
  return {
    weightSpecs: sorted.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
    weightData: block.buffer,
  };
}
