import { conv2d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from '../convolutionSizes';
import { gradientsOfConvolution, isDilated } from './gradientsOfConvolution';
import { replaceGradient } from './replaceGradient';

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
