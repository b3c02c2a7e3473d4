import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall } from '../wasmBackend';
import type { Correction, Example } from './Correction';
import { composeKernels } from './composeKernels';

interface Attributes {
  readonly activation: string;
  readonly transposeB?: boolean;
}
type Call = KernelCall<
  Readonly<Record<string, TensorInfo | null | undefined>> & {
    readonly preluActivationWeights?: TensorInfo | null;
  },
  Attributes
>;

const CONVOLUTION: Example = {
  inputs: {
    x: { shape: [1, 2, 2, 1], values: Float32Array.of(-1, -1, -1, -1) },
    filter: { shape: [1, 1, 1, 1], values: Float32Array.of(1) },
    preluActivationWeights: { shape: [2, 1, 1], values: Float32Array.of(1, 2) },
  },
  attributes: { strides: 1, dilations: 1, pad: 'valid', dataFormat: 'NHWC', activation: 'prelu' },
  output: [-1, -1, -2, -2],
};

const PRODUCT: Example = {
  inputs: {
    a: { shape: [1, 2, 1], values: Float32Array.of(-1, -1) },
    b: { shape: [1, 1, 2], values: Float32Array.of(1, 1) },
    preluActivationWeights: { shape: [2, 1], values: Float32Array.of(1, 2) },
  },
  attributes: { transposeA: false, transposeB: false, activation: 'prelu' },
  output: [-1, -1, -2, -2],
};

/**
 * Convolutions and matrix products that end with a PReLU, the slopes of which are not one a channel.
 *
 * The backend reads them as the kernel of PReLU does, from the first to the last. Here that kernel, put right, comes after.
 */
export const fusedPrelu: readonly Correction[] = [
  create('FusedConv2D', CONVOLUTION, ({ filter }) => filter!.shape[3]!),
  create('FusedDepthwiseConv2D', CONVOLUTION, ({ filter }) => filter!.shape[2]! * filter!.shape[3]!),
  create('_FusedMatMul', PRODUCT, ({ b }, { transposeB }) => b!.shape.at(transposeB ? -2 : -1)!),
];

function create(
  kernelName: string,
  example: Example,
  channelsOf: (inputs: Call['inputs'], attributes: Attributes) => number,
): Correction {
  return {
    kernelName,
    example,
    correct: (original: Kernel) => (call: Call) => {
      const { preluActivationWeights: alpha } = call.inputs;
      if (!alpha || call.attrs.activation !== 'prelu') return original(call);
      const isList = alpha.shape.slice(0, -1).every((size) => size === 1);
      const isSize = alpha.shape.at(-1) === channelsOf(call.inputs, call.attrs);
      return isList && isSize && alpha.dtype === 'float32' ? original(call) : compute(original, call, alpha);
    },
  };
}

function compute(original: Kernel, { backend, inputs, attrs }: Call, alpha: TensorInfo): TensorInfo {
  const { preluActivationWeights: _, ...rest } = inputs;
  const linear = { ...attrs, activation: 'linear' };
  return composeKernels(backend, ({ run, add }) => {
    const x = add(original({ backend, inputs: rest, attrs: linear }) as TensorInfo);
    return run('Prelu', { x, alpha });
  });
}
