import { engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from '../convolutionSizes';
import type { InputGradients } from './gradientTypes';

/** Which convolution: the gradients of both have the same form. */
export type ConvolutionKind = 'Conv2D' | 'DepthwiseConv2dNative';

/** Whether tfjs refuses such a convolution's gradient. */
export function isDilated({ dilations }: { dilations?: number | readonly number[] | null }): boolean {
  // A depthwise layer hands in null.
  return [dilations ?? 1].flat().some((dilation) => dilation !== 1);
}

/** Gradients of a convolution's image and filter, by our kernels, which take dilations. */
export function gradientsOfConvolution(
  kind: ConvolutionKind,
  x: Tensor,
  filter: Tensor,
  dy: Tensor,
  attributes: ConvolutionAttributes,
): InputGradients & { x: () => Tensor; filter: () => Tensor } {
  const { strides, pad, dilations, dimRoundingMode, dataFormat = 'NHWC' } = attributes;
  const shared = { strides, pad, dilations, dimRoundingMode, dataFormat };
  const run = (name: string, inputs: Record<string, Tensor>, shapes: object) =>
    engine().runKernel(name, inputs, { ...shared, ...shapes } as unknown as NamedAttrMap) as Tensor;
  const name = `${kind}Backprop`;
  return {
    x: () => run(`${name}Input`, { dy, filter }, { inputShape: x.shape }),
    filter: () => run(`${name}Filter`, { x, dy }, { filterShape: filter.shape }),
  };
}
