import {
  avgPool,
  avgPool3d,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  depthwiseConv2d,
  fused,
  maxPool,
  maxPool3d,
  memory,
  separableConv2d,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { randomSource, relativeError, sizeOf } from '../../training/random';
import {
  convolve,
  convolveTransposed,
  layWindows,
  pool,
  type Triple,
  type Windows,
} from './referenceWindows';

beforeAll(() => useWasmBackend());

/** Runs what is given, and says whether it comes near enough to what is expected. */
function isRight(compute: () => Tensor, expected: Float64Array): boolean {
  return tidy(() => relativeError(compute().dataSync(), expected) < 1e-5);
}

/** Windows in two dimensions: the first axis has nothing. */
function planeWindows({ whole, pick }: ReturnType<typeof randomSource>, pad: 'same' | 'valid'): Windows {
  const stride: Triple = [1, whole(1, 4), whole(1, 4)];
  // tfjs has strides or dilations, not both.
  const isPlain = stride[1] > 1 || stride[2] > 1 || pick([true, false]);
  const dilation: Triple = isPlain ? [1, 1, 1] : [1, whole(1, 3), whole(1, 3)];
  const filter: Triple = [1, whole(1, 4), whole(1, 4)];
  const reach = (axis: 1 | 2) => (filter[axis] - 1) * dilation[axis] + 1;
  const least = (axis: 1 | 2) => (pad === 'same' ? 1 : reach(axis));
  const size: Triple = [1, whole(least(1), least(1) + 8), whole(least(2), least(2) + 8)];
  return { size, filter, stride, dilation, pad };
}

const pairOf = ([, first, second]: Triple): [number, number] => [first, second];

describe('convolutions', () => {
  it.each(['Conv2D', 'FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2D'])(
    'a thousand of %s with the padding `same`, of random sizes, strides, dilations and channels',
    (kernel) => {
      const random = randomSource(kernel.length);
      const { whole, floats } = random;
      const depthwise = kernel.includes('Depthwise');
      const wrong: Windows[] = [];
      const before = memory().numTensors;
      for (let round = 0; round < 1000; round++) {
        const windows = planeWindows(random, 'same');
        const [batch, inChannels, more] = [whole(1, 2), whole(1, 5), whole(1, 3)];
        const outChannels = depthwise ? inChannels * more : whole(1, 9);
        const xShape = [batch, windows.size[1], windows.size[2], inChannels] as [
          number,
          number,
          number,
          number,
        ];
        const filterShape = [
          windows.filter[1],
          windows.filter[2],
          inChannels,
          depthwise ? more : outChannels,
        ] as [number, number, number, number];
        const [x, w, bias] = [floats(sizeOf(xShape)), floats(sizeOf(filterShape)), floats(outChannels)];
        const expected = convolve(x, w, windows, { batch, in: inChannels, out: outChannels, depthwise });
        const isFused = kernel.startsWith('Fused');
        if (isFused) {
          for (const [at, value] of expected.entries()) {
            expected[at] = Math.max(0, value + bias[at % outChannels]!);
          }
        }
        const right = isRight(() => {
          const common = {
            strides: pairOf(windows.stride),
            pad: 'same',
            dilations: pairOf(windows.dilation),
          } as const;
          const [input, filter] = [tensor(x, xShape) as never, tensor(w, filterShape) as never];
          const { strides, dilations } = common;
          const all = { x: input, filter, ...common, bias: tensor(bias), activation: 'relu' } as const;
          if (isFused) return depthwise ? fused.depthwiseConv2d(all) : fused.conv2d(all);
          if (depthwise) return depthwiseConv2d(input, filter, strides, 'same', 'NHWC', dilations);
          return conv2d(input, filter, strides, 'same', 'NHWC', dilations);
        }, expected);
        if (!right) wrong.push(windows);
      }
      expect(wrong).toEqual([]);
      expect(memory().numTensors).toBe(before);
    },
    20_000,
  );

  it('in one dimension', () => {
    const { whole, floats, pick } = randomSource(1);
    for (let round = 0; round < 300; round++) {
      const [length, width, stride] = [whole(1, 12), whole(1, 4), whole(1, 5)];
      const pad = width <= length ? pick(['same', 'valid'] as const) : 'same';
      const [batch, inChannels, outChannels] = [whole(1, 2), whole(1, 3), whole(1, 4)];
      const windows: Windows = {
        size: [1, 1, length],
        filter: [1, 1, width],
        stride: [1, 1, stride],
        dilation: [1, 1, 1],
        pad,
      };
      const [x, w] = [floats(batch * length * inChannels), floats(width * inChannels * outChannels)];
      const expected = convolve(x, w, windows, { batch, in: inChannels, out: outChannels });
      const compute = () =>
        conv1d(
          tensor(x, [batch, length, inChannels]) as never,
          tensor(w, [width, inChannels, outChannels]) as never,
          stride,
          pad,
        ) as Tensor;
      expect(isRight(compute, expected), JSON.stringify(windows)).toBe(true);
    }
  });

  it('separable ones', () => {
    const random = randomSource(2);
    const { whole, floats } = random;
    for (let round = 0; round < 200; round++) {
      const made = planeWindows(random, 'same');
      const stride: Triple = [1, made.stride[1], made.stride[1]];
      const windows = { ...made, stride, dilation: [1, 1, 1] as const };
      const [inChannels, outChannels] = [whole(1, 4), whole(1, 4)];
      const [, height, width] = windows.size;
      const [, filterHeight, filterWidth] = windows.filter;
      const x = floats(height * width * inChannels);
      const [depth, point] = [
        floats(filterHeight * filterWidth * inChannels),
        floats(inChannels * outChannels),
      ];
      const middle = Float32Array.from(
        convolve(x, depth, windows, { batch: 1, in: inChannels, out: inChannels, depthwise: true }),
      );
      const count = layWindows(windows).count;
      const one: Windows = {
        size: count,
        filter: [1, 1, 1],
        stride: [1, 1, 1],
        dilation: [1, 1, 1],
        pad: 'valid',
      };
      const expected = convolve(middle, point, one, { batch: 1, in: inChannels, out: outChannels });
      const compute = () =>
        separableConv2d(
          tensor(x, [1, height, width, inChannels]) as never,
          tensor(depth, [filterHeight, filterWidth, inChannels, 1]) as never,
          tensor(point, [1, 1, inChannels, outChannels]) as never,
          pairOf(stride),
          'same',
        ) as Tensor;
      expect(isRight(compute, expected), JSON.stringify(windows)).toBe(true);
    }
  });

  it('in three dimensions, with either padding', () => {
    const random = randomSource(3);
    const { whole, floats } = random;
    for (let round = 0; round < 250; round++) {
      const windows = spaceWindows(random);
      const [batch, inChannels, outChannels] = [whole(1, 2), whole(1, 3), whole(1, 3)];
      const x = floats(batch * sizeOf(windows.size) * inChannels);
      const w = floats(sizeOf(windows.filter) * inChannels * outChannels);
      const expected = convolve(x, w, windows, { batch, in: inChannels, out: outChannels });
      const compute = () =>
        conv3d(
          tensor(x, [batch, ...windows.size, inChannels]) as never,
          tensor(w, [...windows.filter, inChannels, outChannels]) as never,
          [...windows.stride],
          windows.pad,
          'NDHWC',
          [...windows.dilation],
        ) as Tensor;
      expect(isRight(compute, expected), JSON.stringify(windows)).toBe(true);
    }
  });

  it.each([2, 3])('transposed ones in %i dimensions', (dimensions) => {
    const random = randomSource(dimensions);
    const { whole, floats } = random;
    for (let round = 0; round < 200; round++) {
      const made =
        dimensions === 3 ? spaceWindows(random) : planeWindows(random, random.pick(['same', 'valid']));
      const windows: Windows = { ...made, dilation: [1, 1, 1] };
      const { count } = layWindows(windows);
      const [batch, inChannels, outChannels] = [whole(1, 2), whole(1, 3), whole(1, 3)];
      const dy = floats(batch * sizeOf(count) * outChannels);
      const w = floats(sizeOf(windows.filter) * inChannels * outChannels);
      const expected = convolveTransposed(dy, w, windows, { batch, in: inChannels, out: outChannels });
      const { size, filter, stride, pad } = windows;
      const compute = () => {
        if (dimensions === 3) {
          return conv3dTranspose(
            tensor(dy, [batch, ...count, outChannels]) as never,
            tensor(w, [...filter, inChannels, outChannels]) as never,
            [batch, ...size, inChannels],
            [...stride],
            pad,
          ) as Tensor;
        }
        return conv2dTranspose(
          tensor(dy, [batch, count[1], count[2], outChannels]) as never,
          tensor(w, [filter[1], filter[2], inChannels, outChannels]) as never,
          [batch, size[1], size[2], inChannels],
          pairOf(stride),
          pad,
        ) as Tensor;
      };
      expect(isRight(compute, expected), JSON.stringify(windows)).toBe(true);
    }
  });
});

describe('pools', () => {
  it.each(['max', 'avg'] as const)('%s, in two dimensions and in three, of negative values too', (kind) => {
    const random = randomSource(kind.length + kind.charCodeAt(0));
    const { whole, pick, floats } = random;
    const before = memory().numTensors;
    for (let round = 0; round < 300; round++) {
      const isSpace = pick([true, false]);
      const made = isSpace ? spaceWindows(random) : planeWindows(random, pick(['same', 'valid']));
      const windows: Windows = { ...made, dilation: [1, 1, 1] };
      const [batch, channels] = [whole(1, 2), whole(1, 5)];
      const { size, filter, stride, pad } = windows;
      const sign = pick([0, -2]);
      const x = floats(batch * sizeOf(size) * channels).map((value) => value + sign);
      const expected = pool(kind, x, windows, { batch, channels });
      const compute = () => {
        if (!isSpace) {
          const image = tensor(x, [batch, size[1], size[2], channels]) as never;
          return (kind === 'max' ? maxPool : avgPool)(image, pairOf(filter), pairOf(stride), pad) as Tensor;
        }
        const image = tensor(x, [batch, ...size, channels]) as never;
        return (kind === 'max' ? maxPool3d : avgPool3d)(image, [...filter], [...stride], pad) as Tensor;
      };
      expect(isRight(compute, expected), JSON.stringify(windows)).toBe(true);
    }
    expect(memory().numTensors).toBe(before);
  });
});

function spaceWindows({ whole, pick }: ReturnType<typeof randomSource>): Windows {
  const pad = pick(['same', 'valid'] as const);
  const triple = (make: (axis: number) => number) => [make(0), make(1), make(2)] as const;
  const stride = triple(() => whole(1, 3));
  const isPlain = stride.some((step) => step > 1) || pick([true, false]);
  const dilation = triple(() => (isPlain ? 1 : whole(1, 2)));
  const filter = triple(() => whole(1, 3));
  const size = triple((axis) => {
    const least = pad === 'same' ? 1 : (filter[axis]! - 1) * dilation[axis]! + 1;
    return whole(least, least + 4);
  });
  return { size, filter, stride, dilation, pad };
}
