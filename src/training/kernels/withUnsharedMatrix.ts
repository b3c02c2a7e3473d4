import type { TensorInfo } from '@tensorflow/tfjs-core';
import { pointerTo, sizeOf, type WasmBackend } from '../../backend/wasmBackend';

/** The sizes that a tensor's values had when they were first multiplied by. */
const firstSizes = new WeakMap<object, readonly (number | undefined)[]>();

/**
 * Calls the backend's product of matrices with a right one that it has not seen in another shape. It keeps what it made
 * of a matrix under the number of its values, which tensors share that are reshaped of each other: of `[3, 2]` after
 * `[2, 3]` it would compute the wrong product, and read beyond the values.
 *
 * @param multiply Takes the matrix, or a copy of it that is disposed afterwards.
 */
export function withUnsharedMatrix(
  backend: WasmBackend,
  matrix: TensorInfo,
  multiply: (matrix: TensorInfo) => TensorInfo,
): TensorInfo {
  const sizes = matrix.shape.slice(-2);
  const first = firstSizes.get(matrix.dataId);
  if (!first) firstSizes.set(matrix.dataId, sizes);
  if (!first || sizes.every((size, axis) => size === first[axis])) return multiply(matrix);

  const copy = backend.makeOutput(matrix.shape, matrix.dtype);
  const from = pointerTo(backend, matrix) >>> 0;
  backend.wasm.HEAPU8.copyWithin(pointerTo(backend, copy) >>> 0, from, from + sizeOf(matrix.shape) * 4);
  try {
    return multiply(copy);
  } finally {
    backend.disposeData(copy.dataId);
  }
}
