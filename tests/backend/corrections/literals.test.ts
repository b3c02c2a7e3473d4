import {
  isFinite as areFinite,
  isNaN as areNaN,
  avgPool3d,
  cast,
  clipByValue,
  conv2d,
  conv3d,
  conv3dTranspose,
  depthwiseConv2d,
  einsum,
  fused,
  gather,
  isInf,
  maxPool3d,
  reverse,
  stridedSlice,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { image, ones, useCorrections, valuesOf } from './useCorrections';

useCorrections();

const space = (values: number[], shape: [number, number, number, number, number]) =>
  tensor(values, shape) as never;

describe('convolutions with the padding `same`', () => {
  const nine = [9, 9, 9, 9];

  it('are right where the last window ends before the image does', () => {
    const settings = { strides: 3, pad: 'same' } as const;
    expect(
      valuesOf(() =>
        fused.conv2d({ x: ones([1, 6, 6, 1]), filter: ones([2, 2, 1, 1]), ...settings, bias: tensor([5]) }),
      ),
    ).toEqual(nine);
    expect(
      valuesOf(() =>
        fused.depthwiseConv2d({
          x: ones([1, 6, 6, 1]),
          filter: ones([2, 2, 1, 1]),
          ...settings,
          bias: tensor([5]),
        }),
      ),
    ).toEqual(nine);
    expect(valuesOf(() => conv2d(ones([1, 6, 6, 1]), ones([2, 2, 1, 1]), 3, 'same'))).toEqual([4, 4, 4, 4]);
    expect(valuesOf(() => depthwiseConv2d(ones([1, 6, 6, 1]), ones([2, 2, 1, 1]), 3, 'same'))).toEqual([
      4, 4, 4, 4,
    ]);
  });

  it('are right in the layers of tfjs, which say null for what they have not', () => {
    const settings = { kernelSize: 2, strides: 3, padding: 'same', useBias: false } as const;
    const values = (layer: layers.Layer) => {
      const output = valuesOf(() => layer.apply(ones([1, 6, 6, 1])) as Tensor);
      layer.dispose();
      return output;
    };
    const initializer = 'ones';
    expect(values(layers.conv2d({ ...settings, filters: 1, kernelInitializer: initializer }))).toEqual([
      4, 4, 4, 4,
    ]);
    expect(values(layers.depthwiseConv2d({ ...settings, depthwiseInitializer: initializer }))).toEqual([
      4, 4, 4, 4,
    ]);
    const both = { depthwiseInitializer: initializer, pointwiseInitializer: initializer } as const;
    expect(values(layers.separableConv2d({ ...settings, filters: 1, ...both }))).toEqual([4, 4, 4, 4]);
  });

  it('are right where they need padding on the other axis', () => {
    const x = image([1, 2, 3, 4], [1, 4, 1, 1]);
    expect(valuesOf(() => conv2d(x as never, tensor([1, 10, 100], [1, 3, 1, 1]), 2, 'same'))).toEqual([
      10, 30,
    ]);
    x.dispose();
  });
});

describe('fused matrix products', () => {
  it('count a bias once over long rows', () => {
    const [value] = valuesOf(() =>
      fused.matMul({
        a: ones([1, 96]),
        b: tensor(new Float32Array(96).fill(0.01), [1, 96]),
        transposeB: true,
        bias: tensor([1]),
      }),
    );
    expect(value).toBeCloseTo(1.96, 5);
  });

  it('apply ReLU once over long rows', () => {
    const a = Float32Array.from({ length: 96 }, (_, at) => (at < 48 ? -1 : 0.5));
    const compute = () =>
      fused.matMul({ a: tensor(a, [96, 1]), transposeA: true, b: ones([96, 1]), activation: 'relu' });
    expect(valuesOf(compute)).toEqual([0]);
  });

  it('add a bias of one value to each column', () => {
    expect(valuesOf(() => fused.matMul({ a: ones([1, 2]), b: ones([2, 2]), bias: tensor([5]) }))).toEqual([
      7, 7,
    ]);
  });
});

describe('in three dimensions', () => {
  it('the maximum of negative values is negative', () => {
    expect(
      valuesOf(() => maxPool3d(space([-3, -2], [1, 1, 1, 2, 1]), [1, 1, 2], 1, 'valid') as Tensor),
    ).toEqual([-2]);
  });

  it('the maximum of whole numbers is a whole number', () => {
    const compute = () => {
      const x = tensor([-3, -2, 7, -9], [1, 1, 1, 4, 1], 'int32');
      return maxPool3d(x as never, [1, 1, 2], [1, 1, 2], 'valid') as Tensor;
    };
    expect(valuesOf(compute)).toEqual([-2, 7]);
    expect(tidy(() => compute().dtype)).toBe('int32');
  });

  it('a transposed convolution keeps every product', () => {
    const compute = () =>
      conv3dTranspose(
        space([1, 2], [1, 1, 1, 2, 1]),
        space([3, 5], [1, 1, 2, 1, 1]),
        [1, 1, 1, 4, 1],
        [1, 1, 2],
        'valid',
      ) as Tensor;
    expect(valuesOf(compute)).toEqual([3, 5, 6, 10]);
  });

  it('windows that leave out values begin with the first', () => {
    const x = () => space([1, 2, 3, 4], [1, 1, 1, 4, 1]);
    const one = () => space([1], [1, 1, 1, 1, 1]);
    expect(valuesOf(() => conv3d(x(), one(), [1, 1, 2], 'same') as Tensor)).toEqual([1, 3]);
    expect(valuesOf(() => maxPool3d(x(), 1, [1, 1, 2], 'same') as Tensor)).toEqual([1, 3]);
    expect(valuesOf(() => avgPool3d(x(), 1, [1, 1, 2], 'same') as Tensor)).toEqual([1, 3]);
  });
});

describe('slices with a stride', () => {
  it('may take an axis away', () => {
    const fifteen = Array.from({ length: 15 }, (_, at) => at + 1);
    const compute = () => stridedSlice(tensor(fifteen, [5, 3]), [1, 0], [2, 3], [1, 2], 0, 0, 0, 0, 1);
    expect(valuesOf(compute)).toEqual([4, 6]);
    expect(tidy(() => compute().shape)).toEqual([2]);
  });

  it('keep whole numbers and truth values what they are', () => {
    const whole = () => stridedSlice(tensor([1, 2, 3, 4, 5], [5], 'int32'), [0], [5], [2]);
    expect(valuesOf(whole)).toEqual([1, 3, 5]);
    expect(tidy(() => whole().dtype)).toBe('int32');
    const truth = () => stridedSlice(tensor([1, 0, 1, 1], [4], 'bool'), [3], [0], [-2]);
    expect(valuesOf(truth)).toEqual([1, 0]);
    expect(tidy(() => truth().dtype)).toBe('bool');
  });
});

it('gathers with indices of each row', () => {
  const compute = () =>
    gather(tensor([1, 2, 3, 4], [4, 1]), tensor([0, 0, 0, 0, 0, 0, 0, 0], [4, 2], 'int32'), 1, 1);
  expect(valuesOf(compute)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
});

it('says which index is out of range, and leaves nothing behind', () => {
  const compute = () => gather(tensor([1, 2], [2, 1]), tensor([0, 1], [2, 1], 'int32'), 1, 1);
  expect(() => tidy(compute)).toThrow('GatherV2: expected indices from 0 to 0, got 1');
});

it('casts every number but 0 to true', () => {
  expect(valuesOf(() => cast(tensor([0.5, -1, 3, 256, 0, Number.NaN]), 'bool'))).toEqual([1, 1, 1, 1, 0, 1]);
  expect(valuesOf(() => cast(tensor([256, 0, -1], [3], 'int32'), 'bool'))).toEqual([1, 0, 1]);
});

it('limits whole numbers', () => {
  expect(valuesOf(() => clipByValue(tensor([-5, 2, 9], [3], 'int32'), 0, 6))).toEqual([0, 2, 6]);
});

it('knows that whole numbers are finite', () => {
  const whole = () => tensor([-3, 0x7f800000, 7], [3], 'int32');
  expect(valuesOf(() => areNaN(whole()))).toEqual([0, 0, 0]);
  expect(valuesOf(() => isInf(whole()))).toEqual([0, 0, 0]);
  expect(valuesOf(() => areFinite(whole()))).toEqual([1, 1, 1]);
  expect(valuesOf(() => areNaN(tensor([Number.NaN, 1])))).toEqual([1, 0]);
});

it('reverses truth values', () => {
  expect(valuesOf(() => reverse(tensor([1, 0, 0, 0, 1, 1], [2, 3], 'bool'), 1))).toEqual([0, 0, 1, 1, 1, 0]);
  expect(tidy(() => reverse(tensor([1, 0], [2], 'bool')).dtype)).toBe('bool');
});

describe('a bias of rank 4', () => {
  it('is added by fused convolutions', () => {
    const given = () => ({
      x: image([1, 2, 3, 4], [1, 2, 2, 1]) as never,
      filter: image([10], [1, 1, 1, 1]) as never,
      strides: 1,
      pad: 'valid' as const,
      bias: image([5], [1, 1, 1, 1]),
    });
    expect(valuesOf(() => fused.conv2d(given()) as Tensor)).toEqual([15, 25, 35, 45]);
    expect(valuesOf(() => fused.depthwiseConv2d(given()) as Tensor)).toEqual([15, 25, 35, 45]);
  });

  it('may have a value for each channel, one for all or one for each place', () => {
    const compute = (bias: Tensor) =>
      fused.conv2d({
        x: image([1, 2], [1, 1, 2, 1]) as never,
        filter: image([10, -10], [1, 1, 1, 2]) as never,
        strides: 1,
        pad: 'valid',
        bias,
        activation: 'relu',
      }) as Tensor;
    expect(valuesOf(() => compute(image([1, 15], [1, 1, 1, 2])))).toEqual([11, 5, 21, 0]);
    expect(valuesOf(() => compute(tensor([15])))).toEqual([25, 5, 35, 0]);
    expect(valuesOf(() => compute(image([1, 11, 2, 22], [1, 1, 2, 2])))).toEqual([11, 1, 22, 2]);
  });
});

it('has the sum of Einstein', () => {
  const compute = () => einsum('ij,jk->ki', tensor([1, 2, 3, 4], [2, 2]), tensor([1, 10, 100, 1000], [2, 2]));
  expect(valuesOf(compute)).toEqual([201, 403, 2010, 4030]);
});
