import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../backend/wasmBackend';

/** Copies a tensor's values out of the backend, for a kernel in plain JavaScript. */
export function readFloats(backend: WasmBackend, { dataId }: TensorInfo): Float32Array {
  return backend.readSync(dataId) as Float32Array;
}

/** Makes a kernel's output of plain values. */
export function outputOf(
  backend: WasmBackend,
  shape: readonly number[],
  values: Float32Array | Int32Array,
  dtype: 'float32' | 'int32' = 'float32',
): TensorInfo {
  return { dataId: backend.write(values, shape, dtype), shape: [...shape], dtype };
}
