import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall, WasmBackend } from '../wasmBackend';
import { activate } from './activate';
import type { Correction } from './Correction';
import { composeKernels } from './composeKernels';

type Call = KernelCall<
  {
    readonly x: TensorInfo;
    readonly filter: TensorInfo;
    readonly bias?: TensorInfo | null;
    readonly preluActivationWeights?: TensorInfo | null;
  },
  { readonly activation: string; readonly leakyreluAlpha?: number | null }
>;

/**
 * Fused convolutions with a bias that is no list of one value a channel, or was none when it was made.
 *
 * The backend throws: "only supports rank-1 bias but got rank 4". Graph models have such a bias where a convolution has one
 * filter. Here it is copied into a list; one that differs from place to place is added after the convolution.
 */
export const fusedBias: readonly Correction[] = [
  createCorrection('FusedConv2D', ({ shape }) => shape[3]!),
  createCorrection('FusedDepthwiseConv2D', ({ shape }) => shape[2]! * shape[3]!),
];

function createCorrection(kernelName: string, channelsOf: (filter: TensorInfo) => number): Correction {
  return {
    kernelName,
    example: {
      inputs: {
        x: { shape: [1, 1, 1, 1], values: Float32Array.of(2) },
        filter: { shape: [1, 1, 1, 1], values: Float32Array.of(3) },
        bias: { shape: [1, 1, 1, 1], values: Float32Array.of(5) },
      },
      attributes: { strides: 1, dilations: 1, pad: 'valid', dataFormat: 'NHWC', activation: 'linear' },
      output: [11],
    },
    correct: (original: Kernel) => (call: Call) => {
      const { bias, filter } = call.inputs;
      if (!bias) return original(call);
      const channels = channelsOf(filter);
      const { shape } = call.backend.dataIdMap.get(bias.dataId);
      if (shape.length === 1 && shape[0] === channels) return original(call);
      return withOtherBias(original, call, bias, channels);
    },
  };
}

function withOtherBias(original: Kernel, call: Call, bias: TensorInfo, channels: number): TensorInfo {
  const { backend, inputs, attrs } = call;
  const { bias: _, preluActivationWeights, ...rest } = inputs;
  return composeKernels(backend, (workbench) => {
    const list = listOf(backend, bias, channels);
    if (list) {
      const copy = workbench.make([channels], 'float32', list);
      return workbench.add(original({ backend, inputs: { ...inputs, bias: copy }, attrs }) as TensorInfo);
    }
    const linear = { ...attrs, activation: 'linear' };
    const values = workbench.add(original({ backend, inputs: rest, attrs: linear }) as TensorInfo);
    const { activation, leakyreluAlpha } = attrs;
    return activate(workbench, values, { bias, preluActivationWeights, activation, leakyreluAlpha });
  });
}

/** One value a channel, if that is what the bias comes to. */
function listOf(backend: WasmBackend, bias: TensorInfo, channels: number): Float32Array | undefined {
  const size = util.sizeFromShape(bias.shape);
  const values = backend.typedArrayFromHeap(bias);
  if (size === 1) return new Float32Array(channels).fill(values[0]!);
  return size === channels && bias.shape.at(-1) === channels ? Float32Array.from(values) : undefined;
}
