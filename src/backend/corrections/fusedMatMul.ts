import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import { activate } from './activate';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<
  {
    readonly a: TensorInfo;
    readonly b: TensorInfo;
    readonly bias?: TensorInfo | null;
    readonly preluActivationWeights?: TensorInfo | null;
  },
  {
    readonly transposeA: boolean;
    readonly transposeB: boolean;
    readonly activation: string;
    readonly leakyreluAlpha?: number | null;
  }
>;

const LENGTH = 49;

/**
 * Matrix products with a bias or an activation.
 *
 * Where a matrix is transposed or there are several, the backend adds the bias and applies the activation again after each
 * 48 of the products that are summed: a bias of 1 counts as 2 over 96. And a bias that is shorter than a row is read beyond
 * its end. There the product, the bias and the activation are now computed one after the other.
 */
export const fusedMatMul: Correction = {
  kernelName: '_FusedMatMul',
  example: {
    inputs: {
      a: { shape: [1, 1, LENGTH], values: new Float32Array(LENGTH).fill(1) },
      b: { shape: [1, 1, LENGTH], values: new Float32Array(LENGTH).fill(1) },
      bias: { shape: [1], values: Float32Array.of(1) },
    },
    attributes: { transposeA: false, transposeB: true, activation: 'linear' },
    output: [LENGTH + 1],
  },
  correct: (original: Kernel) => (call: Call) => (isRight(call) ? original(call) : compute(call)),
};

function isRight({ backend, inputs, attrs }: Call): boolean {
  const { a, b, bias } = inputs;
  const { transposeA, transposeB, activation } = attrs;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return true; // it is refused
  if (bias) {
    const { shape } = backend.dataIdMap.get(bias.dataId);
    if (shape.length !== 1 || shape[0] !== b.shape.at(transposeB ? -2 : -1)) return false;
  }
  const isSingle = !transposeA && !transposeB && a.shape[0] === 1 && b.shape[0] === 1;
  return isSingle || (!bias && activation === 'linear');
}

function compute({ backend, inputs, attrs }: Call): TensorInfo {
  const { a, b, bias, preluActivationWeights } = inputs;
  const { transposeA, transposeB, activation, leakyreluAlpha } = attrs;
  return composeKernels(backend, (workbench) => {
    const product = workbench.run('BatchMatMul', { a, b }, { transposeA, transposeB });
    return activate(workbench, product, { bias, preluActivationWeights, activation, leakyreluAlpha });
  });
}
