import { mirrorPad, pad, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { gradientByForward, gradientsOn, PLACES, plainly } from './gradientsOn';
import { randomValues } from './windows3d';

describe.each(PLACES)('mirror padding, %s', (place) => {
  it.each([
    ['reflect', [1, 3, 1]],
    ['symmetric', [2, 1, 2]],
  ] as const)('adds what comes into the border to what it mirrors: %s', async (mode, expected) => {
    const x = { values: Float32Array.of(1, 2, 3), shape: [3] };
    const dy = { values: new Float32Array(5).fill(1), shape: [5] };
    const [dx] = await gradientsOn(place, (input) => mirrorPad(input, [[1, 1]], mode), [x], dy);
    expect([...dx!]).toEqual(expected);
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'is the adjoint of what it does: %i',
    async (seed) => {
      const { whole, pick } = randomSource(seed);
      const shape = Array.from({ length: whole(1, 4) }, () => whole(1, 4));
      const mode = pick(['reflect', 'symmetric'] as const);
      const most = (length: number) => (mode === 'reflect' ? length - 1 : length);
      const paddings = shape.map((length): [number, number] => [
        whole(0, most(length)),
        whole(0, most(length)),
      ]);
      const dy = randomValues(
        seed + 1,
        shape.map((length, axis) => length + paddings[axis]![0] + paddings[axis]![1]),
      );
      const padded = (input: Tensor) => mirrorPad(input, paddings, mode);
      const [dx] = await gradientsOn(place, padded, [randomValues(seed, shape)], dy);
      await moveTo(place);
      const expected = gradientByForward(plainly(padded, shape), sizeOf(shape), dy.values);
      expect(relativeError(dx!, expected), `${mode} ${shape} by ${paddings}`).toBeLessThan(2e-6);
    },
  );

  it('leaves padding with a constant as it was', async () => {
    const x = { values: Float32Array.of(1, 2, 3), shape: [3] };
    const dy = { values: Float32Array.of(1, 2, 3, 4, 5), shape: [5] };
    const [dx] = await gradientsOn(place, (input) => pad(input, [[1, 1]], 7), [x], dy);
    expect([...dx!]).toEqual([2, 3, 4]);
  });
});
