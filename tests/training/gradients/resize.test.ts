import { image, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { gradientByForward, gradientsOn, PLACES, plainly } from './gradientsOn';
import { randomValues } from './windows3d';

const KINDS = [
  ['bilinear', image.resizeBilinear],
  ['nearest', image.resizeNearestNeighbor],
] as const;
const MODES = [
  ['corners at corners', true, false],
  ['half-pixel centres', false, true],
  ['neither', false, false],
] as const;

function product(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one).reduce((sum, value, at) => sum + value * other[at]!, 0);
}

describe.each(PLACES)('resizing, %s', (place) => {
  const ofRow = async (kind: (typeof KINDS)[number][1], length: number, dys: number[]) => {
    const resize = (x: Tensor) => kind(x as Tensor4D, [1, dys.length], false, true);
    const dy = { values: Float32Array.from(dys), shape: [1, 1, dys.length, 1] };
    const [dx] = await gradientsOn(place, resize, [randomValues(0, [1, 1, length, 1])], dy);
    return [...dx!];
  };

  it('takes centres for centres', async () => {
    // Four pixels of two are made of 1, .75 and .25, .25 and .75, and 1.
    expect(await ofRow(KINDS[0][1], 2, [1, 10, 100, 1000])).toEqual([1 + 7.5 + 25, 2.5 + 75 + 1000]);
    // Two of four lie half way between two.
    expect(await ofRow(KINDS[0][1], 4, [2, 20])).toEqual([1, 1, 10, 10]);
    expect(await ofRow(KINDS[1][1], 2, [1, 10, 100, 1000])).toEqual([11, 1100]);
    expect(await ofRow(KINDS[1][1], 4, [2, 20])).toEqual([0, 2, 0, 20]);
    expect(await ofRow(KINDS[1][1], 3, [2, 20])).toEqual([2, 0, 20]);
  });

  for (const [kind, resize] of KINDS) {
    for (const [mode, alignCorners, halfPixelCenters] of MODES) {
      it(`is the adjoint of what it does: ${kind}, ${mode}`, async () => {
        for (let seed = 0; seed < 25; seed++) {
          const { whole } = randomSource(seed);
          const shape = [whole(1, 2), whole(1, 6), whole(1, 6), whole(1, 3)];
          const size: [number, number] = [whole(1, 9), whole(1, 9)];
          const resized = (x: Tensor) => resize(x as Tensor4D, size, alignCorners, halfPixelCenters);
          const dy = randomValues(seed + 1, [shape[0]!, ...size, shape[3]!]);
          const [dx] = await gradientsOn(place, resized, [randomValues(seed, shape)], dy);
          await moveTo(place);
          const expected = gradientByForward(plainly(resized, shape), sizeOf(shape), dy.values);
          expect(relativeError(dx!, expected), `${shape} to ${size}`).toBeLessThan(5e-6);
        }
      });

      it(`chooses the pixels that it is made of, at every size: ${kind}, ${mode}`, async () => {
        for (let length = 1; length <= 24; length++) {
          for (let size = 1; size <= 40; size++) {
            const resized = (x: Tensor) => resize(x as Tensor4D, [1, size], alignCorners, halfPixelCenters);
            // What a ramp becomes tells the pixels; its product with dy is that of the gradient with the ramp.
            const ramp = Float32Array.from({ length }, (_, at) => at + 1);
            const dy = randomValues(length * 100 + size, [1, 1, size, 1]);
            const shape = [1, 1, length, 1];
            const [dx] = await gradientsOn(place, resized, [{ values: ramp, shape }], dy);
            const difference = product(plainly(resized, shape)(ramp), dy.values) - product(ramp, dx!);
            expect(Math.abs(difference), `${length} to ${size}`).toBeLessThan(1e-6 * length * size);
          }
        }
      });
    }
  }

  it('has the gradient of several enlarged images', async () => {
    const layer = layers.upSampling2d({ size: [2, 2] });
    const dy = { values: Float32Array.from({ length: 16 }, (_, at) => at), shape: [2, 2, 4, 1] };
    const x = randomValues(0, [2, 1, 2, 1]);
    const [dx] = await gradientsOn(place, (input) => layer.apply(input) as Tensor, [x], dy);
    expect([...dx!]).toEqual([0 + 1 + 4 + 5, 2 + 3 + 6 + 7, 8 + 9 + 12 + 13, 10 + 11 + 14 + 15]);
  });
});
