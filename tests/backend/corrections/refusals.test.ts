import {
  avgPool,
  avgPool3d,
  conv2d,
  conv3d,
  depthwiseConv2d,
  dilation2d,
  maxPool,
  maxPool3d,
  maxPoolWithArgmax,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { image, ones, useCorrections, valuesOf } from './useCorrections';

useCorrections();

describe('what has no right kernel is refused', () => {
  const negative = () => image([-3], [1, 1, 1, 1]) as never;

  it('dilation, where a window has no positive value', () => {
    expect(() => tidy(() => dilation2d(negative(), tensor([1], [1, 1, 1]), 1, 'valid'))).toThrow(
      'Dilation2D: expected positive values in each window',
    );
    expect(valuesOf(() => dilation2d(negative(), tensor([5], [1, 1, 1]), 1, 'valid') as Tensor)).toEqual([2]);
  });

  it('the place of a maximum, where a window has no positive value', () => {
    expect(() => tidy(() => maxPoolWithArgmax(negative(), 1, 1, 'valid') as never)).toThrow(
      'MaxPoolWithArgmax: expected positive values in each window',
    );
    const found = () => maxPoolWithArgmax(image([1, 4], [1, 1, 2, 1]) as never, [1, 2], 1, 'valid');
    expect(valuesOf(() => found().result as Tensor)).toEqual([4]);
    expect(valuesOf(() => found().indexes as Tensor)).toEqual([1]);
  });
});

describe('windows larger than the image', () => {
  const dot = () => ones([1, 1, 2, 1]);
  const block = () => ones([1, 1, 2, 2, 1]);

  it.each([
    [
      'Conv2D',
      '[3, 2], which is the size of the window, got [1, 2]',
      () => conv2d(dot(), ones([3, 2, 1, 1]), 1, 'valid'),
    ],
    [
      'Conv2D',
      '[2, 1], which is the size of the window, got [1, 2]',
      () => conv2d(dot(), ones([2, 1, 1, 1]), 1, 'valid'),
    ],
    [
      'Conv2D',
      '[5, 1], which is the size of the window, got [3, 4]',
      () => conv2d(dot(), ones([3, 1, 1, 1]), 1, 1, 'NHWC', [2, 1]),
    ],
    [
      'DepthwiseConv2dNative',
      '[1, 3], which is the size of the window, got [1, 2]',
      () => depthwiseConv2d(dot(), ones([1, 3, 1, 1]), 1, 'valid'),
    ],
    ['MaxPool', '[4, 4], which is the size of the window, got [1, 2]', () => maxPool(dot(), 4, 2, 'valid')],
    ['AvgPool', '[4, 4], which is the size of the window, got [1, 2]', () => avgPool(dot(), 4, 2, 'valid')],
    [
      'Conv3D',
      '[2, 2, 2], which is the size of the window, got [1, 2, 2]',
      () => conv3d(block(), ones([2, 2, 2, 1, 1]), 1, 'valid'),
    ],
    [
      'MaxPool3D',
      '[3, 3, 3], which is the size of the window, got [1, 2, 2]',
      () => maxPool3d(block(), 3, 1, 'valid'),
    ],
    [
      'AvgPool3D',
      '[3, 3, 3], which is the size of the window, got [1, 2, 2]',
      () => avgPool3d(block(), 3, 1, 'valid'),
    ],
  ])('%s says that it expected an image of at least %s', (kernel, sizes, compute) => {
    expect(() => tidy(compute as () => Tensor)).toThrow(
      new RangeError(`${kernel}: expected an image of at least ${sizes}`),
    );
  });

  it('are no fault where they are padded, and where the image is as large', () => {
    expect(valuesOf(() => conv2d(dot(), ones([3, 3, 1, 1]), 1, 'same'))).toEqual([2, 2]);
    expect(valuesOf(() => conv2d(dot(), ones([3, 3, 1, 1]), 1, 1))).toEqual([2, 2]);
    expect(valuesOf(() => conv2d(dot(), ones([1, 2, 1, 1]), 1, 'valid'))).toEqual([2]);
  });
});
