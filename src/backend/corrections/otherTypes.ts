import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

/** Which types a kernel does not compute, and which one stands for them. */
type Types = Readonly<Record<string, 'int32' | 'float32'>>;

const BOOL_AS_INTEGERS: Types = { bool: 'int32' };
const BOOL_AS_FLOATS: Types = { bool: 'float32' };
const ALL_AS_FLOATS: Types = { bool: 'float32', int32: 'float32' };

const KERNELS: Readonly<Record<string, Types>> = {
  Abs: BOOL_AS_INTEGERS,
  Bincount: BOOL_AS_INTEGERS,
  ClipByValue: BOOL_AS_INTEGERS,
  DenseBincount: BOOL_AS_INTEGERS,
  FloorDiv: BOOL_AS_INTEGERS,
  Mod: BOOL_AS_INTEGERS,
  Neg: BOOL_AS_INTEGERS,
  Relu: BOOL_AS_INTEGERS,
  Relu6: BOOL_AS_INTEGERS,
  Round: BOOL_AS_INTEGERS,
  SearchSorted: BOOL_AS_INTEGERS,
  Sign: BOOL_AS_INTEGERS,
  Square: BOOL_AS_INTEGERS,
  Step: BOOL_AS_INTEGERS,
  TopK: BOOL_AS_INTEGERS,
  Acos: BOOL_AS_FLOATS,
  Asin: BOOL_AS_FLOATS,
  Atan: BOOL_AS_FLOATS,
  Atan2: BOOL_AS_FLOATS,
  Atanh: BOOL_AS_FLOATS,
  Dilation2D: BOOL_AS_FLOATS,
  Exp: BOOL_AS_FLOATS,
  Expm1: BOOL_AS_FLOATS,
  LeakyRelu: BOOL_AS_FLOATS,
  Selu: BOOL_AS_FLOATS,
  Sinh: BOOL_AS_FLOATS,
  Softplus: BOOL_AS_FLOATS,
  Acosh: ALL_AS_FLOATS,
  Asinh: ALL_AS_FLOATS,
  FusedBatchNorm: ALL_AS_FLOATS,
  Log1p: ALL_AS_FLOATS,
  Reciprocal: ALL_AS_FLOATS,
};

/**
 * Arithmetic with truth values, and some of it with whole numbers.
 *
 * These kernels do not compute the type: they write a line to the console and put out memory that was never written, or
 * read four bytes a value where there is one and write over other tensors. Therefore it is not tried out. Here the values
 * are made into numbers before, and what comes out is of their type: 0 and 1 for false and true, as tfjs says of `relu`.
 */
export const otherTypes: readonly Correction[] = Object.entries(KERNELS).map(([kernelName, types]) => ({
  kernelName,
  correct: (original: Kernel) => (call: KernelCall) =>
    Object.values(call.inputs).some((input) => input && input.dtype in types)
      ? callWithNumbers(original, call, types)
      : original(call),
}));

function callWithNumbers(
  original: Kernel,
  { backend, inputs, attrs }: KernelCall,
  types: Types,
): TensorInfo | TensorInfo[] {
  return composeKernels(backend, ({ run }) => {
    const cast = (x: TensorInfo) => {
      const dtype = types[x.dtype];
      return dtype ? run('Cast', { x }, { dtype }) : x;
    };
    const numbers = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, input && cast(input)]),
    );
    return original({ backend, inputs: numbers, attrs });
  });
}
