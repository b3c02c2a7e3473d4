import { conv2d, engine, type NamedAttrMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from '../convolutionSizes';
import type { InputGradients } from './gradientTypes';
import { replaceGradient } from './replaceGradient';

/** Which convolution: the gradients of both have the same form. */
export type ConvolutionKind = 'Conv2D' | 'DepthwiseConv2dNative';

/**
 * Registers the gradients of convolutions and depthwise convolutions with a dilation above 1. Our kernels have them;
 * tfjs refuses before it asks for them. The others are left to tfjs.
 */
export function registerDilatedConvolutions(): void {
  for (const kind of ['Conv2D', 'DepthwiseConv2dNative'] as const) {
    replaceGradient<ConvolutionAttributes>(kind, (original) => (dy, saved, attributes) => {
      if (!isDilated(attributes)) return original(dy, saved, attributes);
      const [x, filter] = saved as [Tensor, Tensor];
      return gradientsOfConvolution(kind, x, filter, dy, attributes);
    });
  }
  // So that a gradient of a gradient can be taken too: tfjs's own would drop the dilation.
  replaceGradient<ConvolutionAttributes>('Conv2DBackpropInput', (original) => (ddx, saved, attributes) => {
    if (!isDilated(attributes)) return original(ddx, saved, attributes);
    const [dy, filter] = saved as [Tensor4D, Tensor4D];
    const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes;
    const image = ddx as Tensor4D;
    return {
      dy: () => conv2d(image, filter, strides, pad, dataFormat, dilations, dimRoundingMode),
      filter: gradientsOfConvolution('Conv2D', image, filter, dy, attributes).filter,
    };
  });
}

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
