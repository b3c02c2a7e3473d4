import {
  conv2dTranspose,
  depthwiseConv2d,
  pool,
  pow,
  prelu,
  type Tensor,
  type Tensor4D,
  tensor,
  where,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { gradientByForward, gradientsOn, PLACES, plainly } from './gradientsOn';
import { randomValues } from './windows3d';

const grid = (rows: number[][]) => ({
  values: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]!.length],
});

describe.each(PLACES)('gradients beside ours, %s', (place) => {
  it.each([
    ['valid', 2],
    ['same', 2],
    ['same', 1],
  ] as const)('of a pool with gaps: %s, dilation %i', async (pad, dilation) => {
    const average = (x: Tensor) => pool(x as Tensor4D, [2, 3], 'avg', pad, dilation) as Tensor;
    const shape = [2, 5, 6, 2];
    await moveTo(place);
    const count = plainly(average, shape)(new Float32Array(120)).length;
    const outShape = pad === 'same' ? shape : [2, 3, 2, 2];
    expect(count).toBe(sizeOf(outShape));
    const dy = randomValues(1, outShape);
    const [dx] = await gradientsOn(place, average, [randomValues(0, shape)], dy);
    expect(relativeError(dx!, gradientByForward(plainly(average, shape), 120, dy.values))).toBeLessThan(2e-6);
  });

  it('of a transposed convolution', async () => {
    const [x, w] = [randomValues(0, [2, 3, 2, 3]), randomValues(1, [3, 2, 2, 3])];
    for (const [stride, pad, shape] of [
      [2, 'same', [2, 6, 4, 2]],
      [1, 'valid', [2, 5, 3, 2]],
      [[3, 2], 'same', [2, 8, 4, 2]],
    ] as const) {
      const transposed = (input: Tensor, weights: Tensor) =>
        conv2dTranspose(
          input as Tensor4D,
          weights as Tensor4D,
          [...shape],
          stride as number | [number, number],
          pad,
        ) as Tensor;
      const dy = randomValues(2, shape);
      const [dx, dw] = await gradientsOn(place, transposed, [x, w], dy);
      const byImage = plainly((input) => transposed(input, tensor(w.values, [3, 2, 2, 3])), x.shape);
      const byFilter = plainly((weights) => transposed(tensor(x.values, [2, 3, 2, 3]), weights), w.shape);
      expect(relativeError(dx!, gradientByForward(byImage, 36, dy.values))).toBeLessThan(3e-6);
      expect(relativeError(dw!, gradientByForward(byFilter, 36, dy.values))).toBeLessThan(3e-6);
    }
  });

  it('of a depthwise convolution with padding and stride', async () => {
    const [x, w] = [randomValues(0, [2, 5, 6, 3]), randomValues(1, [3, 3, 3, 2])];
    const convolve = (input: Tensor, weights: Tensor) =>
      depthwiseConv2d(input as Tensor4D, weights as Tensor4D, 2, 'same') as Tensor;
    const dy = randomValues(2, [2, 3, 3, 6]);
    const [dx, dw] = await gradientsOn(place, convolve, [x, w], dy);
    const byImage = plainly((input) => convolve(input, tensor(w.values, [3, 3, 3, 2])), x.shape);
    const byFilter = plainly((weights) => convolve(tensor(x.values, [2, 5, 6, 3]), weights), w.shape);
    expect(relativeError(dx!, gradientByForward(byImage, 180, dy.values))).toBeLessThan(3e-6);
    expect(relativeError(dw!, gradientByForward(byFilter, 54, dy.values))).toBeLessThan(3e-6);
  });

  it('of PReLU, powers and choices whose inputs are broadcast', async () => {
    const x = grid([
      [1, -2, 3],
      [-4, 5, -6],
    ]);
    const dy = grid([
      [1, 10, 100],
      [2, 20, 200],
    ]);
    const alpha = { values: Float32Array.of(0.5, 0.25, 2), shape: [3] };
    const [dx, dAlpha] = await gradientsOn(place, (a, b) => prelu(a, b), [x, alpha], dy);
    expect([...dx!]).toEqual([1, 2.5, 100, 1, 20, 400]);
    expect([...dAlpha!]).toEqual([-8, -20, -1200]);

    const exponents = { values: Float32Array.of(2, 1, 3), shape: [3] };
    const base = grid([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const [dBase, dExponent] = await gradientsOn(place, (a, b) => pow(a, b), [base, exponents], dy);
    expect(relativeError(dBase!, [2, 10, 2700, 16, 20, 21600])).toBeLessThan(1e-6);
    const right = [2 * 16 * Math.log(4), 20 * Math.log(2) + 100 * Math.log(5)];
    right.push(100 * 27 * Math.log(3) + 200 * 216 * Math.log(6));
    expect(relativeError(dExponent!, right)).toBeLessThan(1e-5);

    const choose = (a: Tensor, b: Tensor) => where(tensor([true, false, true], [3], 'bool'), a, b);
    const [first, second] = await gradientsOn(place, choose, [x, alpha], dy);
    expect([...first!]).toEqual([1, 0, 100, 2, 0, 200]);
    expect([...second!]).toEqual([0, 30, 0]);
  });
});
