import {
  avgPool,
  conv2d,
  cumsum,
  depthToSpace,
  fused,
  image,
  maximum,
  mirrorPad,
  stridedSlice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { type Compute, gradientsOn } from './gradientsOn';

const ones = (...shape: number[]) => ({ values: new Float32Array(sizeOf(shape)).fill(1), shape });

/** As on the WASM backend, with what it registers, but on another. */
async function gradientOnCpu(compute: Compute, inputs: number[][], out: number[]): Promise<Float32Array> {
  await moveTo('binary');
  const [first] = await gradientsOn(
    'cpu',
    compute,
    inputs.map((shape) => ones(...shape)),
    ones(...out),
  );
  return first!;
}

describe('other backends', () => {
  it('have the gradients of tfjs still, right or wrong', async () => {
    const average = (x: Tensor) => avgPool(x as Tensor4D, [3, 1], 1, 'same');
    const ofAverage = await gradientOnCpu(average, [[1, 3, 1, 1]], [1, 3, 1, 1]);
    expect(relativeError(ofAverage, [2 / 3, 1, 2 / 3])).toBeLessThan(1e-6);
    const mirrored = (x: Tensor) => mirrorPad(x, [[1, 1]], 'reflect');
    expect([...(await gradientOnCpu(mirrored, [[3]], [5]))]).toEqual([1, 1, 1]);
    const resized = (x: Tensor) => image.resizeBilinear(x as Tensor4D, [4, 4], false, true);
    const ofResized = await gradientOnCpu(resized, [[1, 2, 2, 1]], [1, 4, 4, 1]);
    expect([...ofResized]).toEqual([2.25, 3.75, 3.75, 6.25]);
    const convolved = (x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'valid');
    const ofConvolved = await gradientOnCpu(
      convolved,
      [
        [1, 1, 3, 1],
        [1, 2, 1, 1],
      ],
      [1, 1, 2, 1],
    );
    expect([...ofConvolved]).toEqual([1, 2, 1]);
  });

  it.each<[string, Compute, number[][], number[], string]>([
    [
      'a dilation',
      (x, w) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'valid', 'NHWC', [1, 2]),
      [
        [1, 1, 3, 1],
        [1, 2, 1, 1],
      ],
      [1, 1, 1, 1],
      'dilation rates greater than 1 are not yet supported in gradients',
    ],
    [
      'a dilation of a fused convolution',
      (x, w) =>
        fused.conv2d({
          x: x as Tensor4D,
          filter: w as Tensor4D,
          strides: 1,
          pad: 'valid',
          dilations: [1, 2],
        }),
      [
        [1, 1, 3, 1],
        [1, 2, 1, 1],
      ],
      [1, 1, 1, 1],
      'dilation rates greater than 1 are not yet supported in gradients',
    ],
    ['a broadcast', (a, b) => maximum(a, b), [[2], [2, 2]], [2, 2], 'Error in gradient for op Maximum'],
    ['a sum down a column', (x) => cumsum(x, 0), [[2, 3]], [2, 3], 'Error in gradient for op Cumsum'],
    [
      'a strided slice',
      (x) => stridedSlice(x, [0], [3], [2]),
      [[3]],
      [2],
      'Cannot compute gradient: gradient function not found for StridedSlice.',
    ],
    [
      'depthToSpace',
      (x) => depthToSpace(x as Tensor4D, 2) as Tensor,
      [[1, 1, 1, 4]],
      [1, 2, 2, 1],
      'Cannot compute gradient: gradient function not found for DepthToSpace.',
    ],
  ])('refuse %s as before', async (_name, compute, inputs, out, message) => {
    await expect(gradientOnCpu(compute, inputs, out)).rejects.toThrow(message);
  });
});
