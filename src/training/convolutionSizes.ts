import { backend_util } from '@tensorflow/tfjs-core';

/** Attributes that tfjs hands to the kernels of a convolution's gradients. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat?: 'NHWC' | 'NCHW';
  /** tfjs's own gradients hand in none; 1 where absent. */
  readonly dilations?: number | [number, number];
}

/**
 * Works out the sizes of a convolution as tfjs does. What comes out is as large as `dyShape` says: tfjs does not hand the
 * rounding mode to the gradients. Where it was `'ceil'`, the last window goes beyond the padding, which is made larger.
 *
 * @throws RangeError for channels first, which the WASM backend does not have either.
 */
export function convolutionSizes(
  kernel: string,
  inputShape: readonly number[],
  filterShape: readonly number[],
  dyShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): backend_util.Conv2DInfo {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations = 1 } = attributes;
  if (dataFormat !== 'NHWC')
    throw new RangeError(`${kernel}: expected the dataFormat NHWC, got ${dataFormat}`);
  const sizes = backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const [outHeight, outWidth] = dyShape.slice(1, 3) as [number, number];
  const { padInfo, inHeight, inWidth, strideHeight, strideWidth } = sizes;
  const down = (outHeight - 1) * strideHeight + sizes.effectiveFilterHeight - padInfo.top - inHeight;
  const right = (outWidth - 1) * strideWidth + sizes.effectiveFilterWidth - padInfo.left - inWidth;
  return {
    ...sizes,
    outHeight,
    outWidth,
    padInfo: { ...padInfo, bottom: Math.max(padInfo.bottom, down), right: Math.max(padInfo.right, right) },
  };
}
