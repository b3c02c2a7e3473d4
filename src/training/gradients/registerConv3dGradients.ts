import { conv3d, reverse, type Tensor, type Tensor5D, transpose } from '@tensorflow/tfjs-core';
import { type WindowAttributes, type WindowAxis, windowAxes } from '../windowAxes';
import { addGradient } from './addGradient';
import { cropOrPad } from './cropOrPad';
import type { Gradient } from './gradientTypes';
import { replaceGradient } from './replaceGradient';
import { spreadAxis } from './spreadAxis';

type Axes = readonly WindowAxis[];

/**
 * Registers the gradients of 3-D convolutions and their transposes. The backend's kernels are wrong for those of the
 * image and of the filter, tfjs refuses dilations, and a transposed convolution has no gradient at all. Ours are made of
 * convolutions forwards, of which gradients can be taken again.
 */
export function registerConv3dGradients(): void {
  replaceGradient('Conv3D', () => conv3dGradient);
  addGradient('Conv3DBackpropInputV2', ['dy', 'filter'], conv3dTransposeGradient);
}

const conv3dGradient: Gradient<WindowAttributes> = (dy, saved, attributes) => {
  const [x, filter] = saved as [Tensor, Tensor];
  const axes = axesOf(x.shape, filter.shape, dy.shape, attributes);
  return {
    x: () => convolveBack(dy, filter, axes),
    filter: () => convolveToFilter(x, dy, axes),
  };
};

const conv3dTransposeGradient: Gradient<WindowAttributes> = (dy, saved, attributes) => {
  const [x, filter] = saved as [Tensor, Tensor];
  const axes = axesOf(dy.shape, filter.shape, x.shape, attributes);
  return {
    dy: () => convolve(padded(dy, axes), filter, axes.map(strideOf), axes.map(dilationOf)),
    filter: () => convolveToFilter(dy, x, axes),
  };
};

function axesOf(image: number[], filter: number[], output: number[], attributes: WindowAttributes): Axes {
  return windowAxes(image.slice(1, 4), filter.slice(0, 3), output.slice(1, 4), attributes);
}

const strideOf = ({ stride }: WindowAxis): number => stride;
const dilationOf = ({ dilation }: WindowAxis): number => dilation;

/** Gradient of the image: dy, zeros between its values, convolved with the filter turned round, its channels swapped. */
function convolveBack(dy: Tensor, filter: Tensor, axes: Axes): Tensor {
  const spread = axes.reduce((values, { stride }, axis) => spreadAxis(values, axis + 1, stride), dy);
  const edges = axes.map(({ span, before, after }) => [span - 1 - before, span - 1 - after] as const);
  const turned = transpose(reverse(filter, [0, 1, 2]), [0, 1, 2, 4, 3]);
  return convolve(cropOrPad(spread, [[0, 0], ...edges, [0, 0]]), turned, [1, 1, 1], axes.map(dilationOf));
}

/**
 * Gradient of the filter: the image, its channels taken for the batch, convolved with dy taken for the filter. Strides
 * and dilations change places.
 */
function convolveToFilter(image: Tensor, dy: Tensor, axes: Axes): Tensor {
  const channelsFirst = transpose(padded(image, axes), [4, 1, 2, 3, 0]);
  const filter = transpose(dy, [1, 2, 3, 0, 4]);
  const gradient = convolve(channelsFirst, filter, axes.map(dilationOf), axes.map(strideOf));
  return transpose(gradient, [1, 2, 3, 0, 4]);
}

/** The image as far as the windows see it. */
function padded(image: Tensor, axes: Axes): Tensor {
  return cropOrPad(image, [[0, 0], ...axes.map(({ before, after }) => [before, after] as const), [0, 0]]);
}

function convolve(x: Tensor, filter: Tensor, strides: number[], dilations: number[]): Tensor {
  const three = (numbers: number[]) => numbers as [number, number, number];
  return conv3d(x as Tensor5D, filter as Tensor5D, three(strides), 'valid', 'NDHWC', three(dilations));
}
