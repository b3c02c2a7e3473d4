import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  type Inputs,
  type KernelCall,
  type OriginalKernel,
  pointerTo,
  sizeOf,
} from '../../backend/wasmBackend';
import { binaryFor } from '../trainingBinary';

/** Adds a bias, one value a channel, in one pass. Leaves other additions alone. */
export function add(original: OriginalKernel) {
  return (call: KernelCall<Inputs<'a' | 'b'>>): TensorInfo => {
    const { backend, inputs } = call;
    const { a, b } = inputs;
    const channels = a.shape.at(-1) ?? 0;
    const isBias =
      a.dtype === 'float32' &&
      b.dtype === 'float32' &&
      a.shape.length > 1 &&
      b.shape.length <= a.shape.length &&
      b.shape.at(-1) === channels &&
      sizeOf(b.shape) === channels;
    const rows = sizeOf(a.shape.slice(0, -1));
    const binary = binaryFor(backend);
    if (!binary || !isBias || rows * channels === 0) return original(call);

    const out = backend.makeOutput(a.shape, 'float32');
    binary.addBias(pointerTo(backend, a), pointerTo(backend, b), pointerTo(backend, out), rows, channels);
    return out;
  };
}
