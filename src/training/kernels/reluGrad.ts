import type { TensorInfo } from '@tensorflow/tfjs-core';
import { callKernel, type Inputs, type KernelCall, pointerTo, sizeOf } from '../../backend/wasmBackend';
import { binaryFor } from '../trainingBinary';

/** Gradient of ReLU: `dy` where `x` is above 0, otherwise 0. tfjs has none of its own and makes it of three kernels. */
export function reluGrad({ backend, inputs }: KernelCall<Inputs<'dy' | 'x'>>): TensorInfo {
  const { dy, x } = inputs;
  const binary = binaryFor(backend);
  if (binary) {
    const out = backend.makeOutput(x.shape, 'float32');
    const pointers = [dy, x, out].map((info) => pointerTo(backend, info));
    binary.reluGrad(...pointers, sizeOf(x.shape));
    return out;
  }
  const step = callKernel(backend, 'Step', { x }, { alpha: 0 });
  const out = callKernel(backend, 'Multiply', { a: dy, b: step }, {});
  backend.disposeData(step.dataId);
  return out;
}
