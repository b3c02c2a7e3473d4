import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * What the last two axes of a kernel stand for: inputs and outputs; of a `'transposed'` convolution outputs and inputs; of a
 * `'depthwise'` one inputs and what is made of each by itself.
 */
export type KernelKind = 'plain' | 'depthwise' | 'transposed';

/** The kernel of a two-dimensional convolution. */
export interface ConvolutionKernel {
  readonly kind: KernelKind;
  /** Of four axes, height and width first. It is the model's. */
  readonly tensor: Tensor;
}

/** The weights of one convolution, as plain data. */
export interface KernelWeights {
  /** Its path. */
  readonly layer: string;
  /** As that of an activation. */
  readonly shortName?: string;
  readonly kind: KernelKind;
  /** `[height, width, inputs, outputs]`; for other kinds than `'plain'` see {@link KernelKind}. */
  readonly shape: readonly [height: number, width: number, third: number, fourth: number];
  /** Row-major over `shape`. */
  readonly weights: Float32Array;
}
