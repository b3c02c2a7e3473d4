import { engine, fused, memory, prelu, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { randomSource, relativeError, sizeOf } from '../../training/random';

beforeAll(() => useWasmBackend());

let before: number[] = [];
const count = () => [memory().numTensors, engine().backend.numDataIds()];
beforeEach(() => {
  before = count();
});
afterEach(() => expect(count()).toEqual(before));

const valuesOf = (compute: () => Tensor) => tidy(() => [...compute().dataSync()]);

/** Where a value of a shape that was broadcast to another comes from. */
function sourceOf(own: readonly number[], shape: readonly number[], index: number): number {
  let [rest, at, step] = [index, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const place = rest % shape[axis]!;
    rest = (rest - place) / shape[axis]!;
    const size = own[axis - shape.length + own.length] ?? 1;
    if (size !== 1) at += place * step;
    step *= size;
  }
  return at;
}

describe('PReLU', () => {
  const rows = [-1, -1, -2, -2];

  it('has a slope for each row', () => {
    expect(valuesOf(() => prelu(tensor([-1, -1, -1, -1], [2, 2]), tensor([1, 2], [2, 1])))).toEqual(rows);
    expect(valuesOf(() => prelu(tensor([-1, 3], [2, 1]), tensor([1, 2])))).toEqual([-1, -2, 3, 3]);
    expect(valuesOf(() => prelu(tensor([], [0, 2]), tensor([1, 2])))).toEqual([]);
  });

  it('has them in a layer whose channels share theirs', () => {
    const model = sequential({
      layers: [layers.prelu({ sharedAxes: [3], alphaInitializer: 'zeros', inputShape: [2, 1, 2] }) as never],
    });
    const slopes = tensor([1, 2], [2, 1, 1]);
    model.setWeights([slopes]);
    expect(valuesOf(() => model.predict(tensor([-1, -1, -1, -1], [1, 2, 1, 2])) as Tensor)).toEqual(rows);
    model.dispose();
    slopes.dispose();
  });

  it('has them after a convolution and a product', () => {
    const preluActivationWeights = tensor([1, 2], [2, 1, 1]);
    const settings = { strides: 1, pad: 'valid', activation: 'prelu', preluActivationWeights } as const;
    const x = tensor([-1, -1, -1, -1], [1, 2, 2, 1]) as never;
    const filter = tensor([1], [1, 1, 1, 1]) as never;
    expect(valuesOf(() => fused.conv2d({ x, filter, ...settings }))).toEqual(rows);
    expect(valuesOf(() => fused.depthwiseConv2d({ x, filter, ...settings }))).toEqual(rows);
    for (const each of [preluActivationWeights, x, filter] as Tensor[]) each.dispose();
    for (const transposeB of [true, false]) {
      expect(
        valuesOf(
          () =>
            fused.matMul({
              a: tensor([1, 1], [2, 1]),
              b: tensor([-1, -1], transposeB ? [2, 1] : [1, 2]),
              transposeB,
              activation: 'prelu',
              preluActivationWeights: tensor([1, 2], [2, 1]),
            }) as Tensor,
        ),
      ).toEqual(rows);
    }
  });

  it('is what loops compute, of shapes that broadcast', () => {
    const { whole, pick, floats } = randomSource(13);
    for (let round = 0; round < 200; round++) {
      const shape = Array.from({ length: whole(1, 4) }, () => whole(1, 4));
      const narrowed = () => shape.slice(pick([0, 0, whole(0, shape.length)])).map((size) => pick([1, size]));
      const [of, slopesOf] = [pick([shape, shape, narrowed()]), narrowed()];
      const rank = Math.max(of.length, slopesOf.length);
      const sizeAt = (sizes: number[], axis: number) => sizes[axis - rank + sizes.length] ?? 1;
      const out = Array.from({ length: rank }, (_, axis) =>
        Math.max(sizeAt(of, axis), sizeAt(slopesOf, axis)),
      );
      const [x, slopes] = [floats(sizeOf(of)), floats(sizeOf(slopesOf))];
      const expected = Array.from({ length: sizeOf(out) }, (_, at) => {
        const value = x[sourceOf(of, out, at)]!;
        return value < 0 ? value * slopes[sourceOf(slopesOf, out, at)]! : value;
      });
      const output = tidy(() => {
        const values = prelu(tensor(x, of), tensor(slopes, slopesOf));
        return { shape: values.shape, values: values.dataSync() };
      });
      const message = JSON.stringify({ of, slopesOf });
      expect(output.shape, message).toEqual(out);
      expect(relativeError(output.values, expected), message).toBeLessThan(1e-6);
    }
  });
});
