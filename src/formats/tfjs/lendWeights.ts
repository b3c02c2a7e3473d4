import { io, type NamedTensorMap, tensor } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../weights/LazyWeight';
import { makeRoom } from './makeRoom';
import { packWeights } from './packWeights';
import { sortWeights } from './sortWeights';

/** What `loadGraphModel` is given: artifacts, and functions of `io` in the place of TensorFlow.js's own. */
interface Lent {
  readonly artifacts: io.ModelArtifacts;
  readonly tfio: typeof io;
}

/**
 * Lets a graph model be built of weights that are read when it is their turn: each is in memory twice only until the next one,
 * while TensorFlow.js wants all of them in one block, which it copies and keeps.
 *
 * What a model was built from is also what it is saved from: the block is there when somebody asks for it, made of its tensors.
 */
export function lendWeights(artifacts: io.ModelArtifacts, weights: readonly LazyWeight[]): Lent {
  let tensors: NamedTensorMap | undefined;
  const kept = sortWeights(weights).map(({ name, shape, dtype }) => ({
    name,
    shape,
    dtype,
    read: () => tensors![name]!.dataSync<'float32' | 'int32' | 'bool'>(),
  }));
  return {
    artifacts: {
      ...artifacts,
      weightSpecs: kept.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
      get weightData() {
        return tensors ? packWeights(kept).weightData : new ArrayBuffer(0);
      },
    },
    tfio: {
      ...io,
      decodeWeights: () => {
        const room = makeRoom(weights);
        tensors = Object.fromEntries(
          weights.map(({ name, shape, dtype, read }) => [name, tensor(read(room), [...shape], dtype)]),
        );
        return tensors;
      },
    },
  };
}
