import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type Kernel, type KernelCall, sizeOf, type WasmBackend } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<Inputs<'a' | 'b'>, { readonly transposeA: boolean; readonly transposeB: boolean }>;
type Sizes = WeakMap<object, readonly (number | undefined)[]>;

/** On the backend's module, which may be in the hands of two copies of this one. */
const FIRST_SIZES = Symbol.for('layerscope.firstMatrixSizes');

/**
 * Products of one matrix with one that has been reshaped since it was first multiplied by.
 *
 * The backend keeps what it made of the right matrix under the number of its values, which tensors share that are reshaped
 * of each other: with `[1, 3]` after `[3, 1]` it computes the wrong product, and reads beyond the values. Here the matrix is
 * copied then. What was multiplied by before this was installed is not known. Not tried out, since it reads beyond; where
 * it is not needed it costs two comparisons.
 */
export const unsharedMatrix: readonly Correction[] = ['BatchMatMul', '_FusedMatMul'].map((kernelName) => ({
  kernelName,
  correct: (original: Kernel) => (call: Call) =>
    isKept(call) && isReshaped(call) ? multiplyByCopy(original, call) : original(call),
}));

/** What several matrices or a transposed one are multiplied by is not kept. */
function isKept({ inputs, attrs }: Call): boolean {
  const { a, b } = inputs;
  const isSingle = [a, b].every(({ shape }) => sizeOf(shape.slice(0, -2)) === 1);
  return isSingle && !attrs.transposeA && !attrs.transposeB && b.dtype === 'float32';
}

function isReshaped({ backend, inputs }: Call): boolean {
  const { dataId, shape } = inputs.b;
  const firstSizes = firstSizesOf(backend);
  const sizes = shape.slice(-2);
  const first = firstSizes.get(dataId);
  if (first) return sizes.some((size, axis) => size !== first[axis]);
  firstSizes.set(dataId, sizes);
  return false;
}

function firstSizesOf({ wasm }: WasmBackend): Sizes {
  const holder: { [FIRST_SIZES]?: Sizes } = wasm as object;
  holder[FIRST_SIZES] ??= new WeakMap();
  return holder[FIRST_SIZES];
}

function multiplyByCopy(original: Kernel, { backend, inputs, attrs }: Call): TensorInfo {
  return composeKernels(backend, ({ make, add }) => {
    const copy = make(inputs.b.shape, 'float32');
    backend.typedArrayFromHeap(copy).set(backend.typedArrayFromHeap(inputs.b));
    return add(original({ backend, inputs: { ...inputs, b: copy }, attrs }) as TensorInfo);
  });
}
