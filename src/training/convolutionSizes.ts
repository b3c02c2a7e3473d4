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
 * Works out the sizes of a convolution as tfjs does.
 *
 * @throws RangeError for channels first, which the WASM backend does not have either.
 */
export function convolutionSizes(
  kernel: string,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): backend_util.Conv2DInfo {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations = 1 } = attributes;
  if (dataFormat !== 'NHWC')
    throw new RangeError(`${kernel}: expected the dataFormat NHWC, got ${dataFormat}`);
  return backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
}
