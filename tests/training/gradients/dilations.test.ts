import {
  backend_util,
  conv1d,
  conv2d,
  depthwiseConv2d,
  fused,
  grads,
  separableConv2d,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tensor,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from '../random';
import { moveTo } from '../runOn';
import { gradientByForward, gradientsOn, PLACES, plainly } from './gradientsOn';
import { randomValues } from './windows3d';

type Pair = [number, number];

/** A dilated convolution of random shape: the forward pass of WASM is right for it, and linear in each input. */
function randomDilation(seed: number, depthwise: boolean) {
  const { whole, pick } = randomSource(seed);
  const dilations: Pair = pick<Pair>([
    [2, 2],
    [1, 2],
    [3, 1],
    [2, 3],
  ]);
  const size: Pair = [whole(1, 3), whole(1, 3)];
  const spans = size.map((length, axis) => (length - 1) * dilations[axis]! + 1);
  const channels = whole(1, 5);
  const image = [whole(1, 2), spans[0]! + whole(0, 4), spans[1]! + whole(0, 4), channels];
  const filter = [...size, channels, whole(1, 3)];
  const explicit: backend_util.ExplicitPadding = [
    [0, 0],
    [1, 0],
    [0, 2],
    [0, 0],
  ];
  const pad = pick<'valid' | 'same' | backend_util.ExplicitPadding>(['valid', 'same', explicit]);
  const { outShape } = backend_util.computeConv2DInfo(
    image as [number, number, number, number],
    filter as [number, number, number, number],
    1,
    dilations,
    pad,
    undefined,
    depthwise,
  );
  const name = `${image} by ${filter}, dilations ${dilations}, pad ${JSON.stringify(pad)}`;
  return { image, filter, dilations, pad, outShape, name };
}

const KINDS = [
  ['a convolution', conv2d, fused.conv2d, false],
  // Its type lacks explicit padding, which it takes.
  [
    'a depthwise convolution',
    depthwiseConv2d as typeof conv2d,
    fused.depthwiseConv2d as typeof fused.conv2d,
    true,
  ],
] as const;

describe.each(PLACES)('gradients of dilations, %s', (place) => {
  it('skips what the filter skips', async () => {
    const row = (...values: number[]) => ({
      values: Float32Array.from(values),
      shape: [1, 1, values.length, 1],
    });
    const filter = { values: Float32Array.of(2, 3), shape: [1, 2, 1, 1] };
    const convolve = (x: Tensor, w: Tensor) =>
      conv2d(x as Tensor4D, w as Tensor4D, 1, 'valid', 'NHWC', [1, 2]);
    const [dx, dw] = await gradientsOn(place, convolve, [row(1, 10, 100, 1000), filter], row(1, 5));
    expect([...dx!]).toEqual([2, 10, 3, 15]);
    expect([...dw!]).toEqual([51, 5100]);
  });

  for (const [kind, convolution, fusedConvolution, depthwise] of KINDS) {
    it(`are the adjoints of ${kind}, fused or not`, async () => {
      for (let seed = 0; seed < 20; seed++) {
        const { image, filter, dilations, pad, outShape, name } = randomDilation(seed, depthwise);
        const [x, w, dy] = [image, filter, outShape].map((shape, at) => randomValues(seed * 3 + at, shape));
        const bias = randomValues(seed, outShape.slice(-1));
        const plain = (input: Tensor, weights: Tensor) =>
          convolution(input as Tensor4D, weights as Tensor4D, 1, pad, 'NHWC', dilations) as Tensor;
        const joined = (input: Tensor, weights: Tensor, added: Tensor) =>
          fusedConvolution({
            x: input as Tensor4D,
            filter: weights as Tensor4D,
            bias: added,
            strides: 1,
            pad,
            dilations,
          }) as Tensor;
        const separate = await gradientsOn(place, plain, [x!, w!], dy!);
        const together = await gradientsOn(place, joined, [x!, w!, bias], dy!);
        const byImage = plainly((input) => plain(input, tensor(w!.values, filter)), image);
        const byFilter = plainly((weights) => plain(tensor(x!.values, image), weights), filter);
        const expected = [
          gradientByForward(byImage, sizeOf(image), dy!.values),
          gradientByForward(byFilter, sizeOf(filter), dy!.values),
        ];
        for (const [at, right] of expected.entries()) {
          expect(relativeError(separate[at]!, right), name).toBeLessThan(2e-6);
          expect(relativeError(together[at]!, right), name).toBeLessThan(2e-6);
        }
        const sums = bias.values.map((_, channel) =>
          dy!.values.filter((_value, at) => at % bias.values.length === channel).reduce((a, b) => a + b),
        );
        expect(relativeError(together[2]!, sums), name).toBeLessThan(3e-5);
      }
    });

    it(`leave ${kind} without a dilation as it was, fused, bias and all`, async () => {
      const [x, w] = [randomValues(0, [1, 5, 5, 2]), randomValues(1, [3, 3, 2, 2])];
      const dy = randomValues(2, [1, 5, 5, depthwise ? 4 : 2]);
      const joined = (input: Tensor, weights: Tensor) =>
        fusedConvolution({
          x: input as Tensor4D,
          filter: weights as Tensor4D,
          strides: 1,
          pad: 'same',
        }) as Tensor;
      const byImage = plainly((input) => joined(input, tensor(w.values, [3, 3, 2, 2])), x.shape);
      const [dx] = await gradientsOn(place, joined, [x, w], dy);
      expect(relativeError(dx!, gradientByForward(byImage, 50, dy.values))).toBeLessThan(2e-6);
    });

    it(`take a single image, ${kind}`, async () => {
      const [x, w] = [randomValues(0, [6, 6, 2]), randomValues(1, [2, 2, 2, 1])];
      const dy = randomValues(2, [4, 4, depthwise ? 2 : 1]);
      const joined = (input: Tensor) =>
        fusedConvolution({
          x: input as Tensor3D,
          filter: tensor(w.values, [2, 2, 2, 1]) as Tensor4D,
          strides: 1,
          pad: 'valid',
          dilations: [2, 2],
        }) as Tensor;
      const [dx] = await gradientsOn(place, joined, [x], dy);
      const expected = gradientByForward(plainly(joined, x.shape), 72, dy.values);
      expect(relativeError(dx!, expected)).toBeLessThan(2e-6);
    });
  }

  it('serve a one-dimensional and a separable convolution', async () => {
    const [x, w] = [randomValues(0, [1, 9, 2]), randomValues(1, [3, 2, 3])];
    const one = (input: Tensor) =>
      conv1d(input as Tensor3D, tensor(w.values, [3, 2, 3]), 1, 'same', 'NWC', 2) as Tensor;
    const dy = randomValues(2, [1, 9, 3]);
    const [dx] = await gradientsOn(place, one, [x], dy);
    expect(relativeError(dx!, gradientByForward(plainly(one, x.shape), 18, dy.values))).toBeLessThan(2e-6);

    const [depth, point] = [randomValues(3, [3, 3, 2, 1]), randomValues(4, [1, 1, 2, 3])];
    const separable = (input: Tensor) =>
      separableConv2d(
        input as Tensor4D,
        tensor(depth.values, [3, 3, 2, 1]),
        tensor(point.values, [1, 1, 2, 3]),
        1,
        'same',
        [2, 2],
      ) as Tensor;
    const dy4 = randomValues(5, [1, 6, 6, 3]);
    const [dx4] = await gradientsOn(place, separable, [randomValues(6, [1, 6, 6, 2])], dy4);
    const expected = gradientByForward(plainly(separable, [1, 6, 6, 2]), 72, dy4.values);
    expect(relativeError(dx4!, expected)).toBeLessThan(2e-6);
  });

  it('can be differentiated again', async () => {
    await moveTo(place);
    const { values } = randomValues(0, [1, 5, 5, 1]);
    const weights = randomValues(1, [3, 3, 1, 1]).values;
    // The filter's gradient of the image's gradient, of dy · ddx: a convolution of ddx with dy.
    const [second] = tidy(() => {
      const ofImage = (w: Tensor) =>
        grads((x) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'same', 'NHWC', 2))([
          tensor(values, [1, 5, 5, 1]),
        ])[0]!;
      return grads((w) => ofImage(w!))([tensor(weights, [3, 3, 1, 1])]).map((gradient) =>
        gradient.dataSync(),
      );
    });
    const first = plainly(
      (w) =>
        grads((x) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'same', 'NHWC', 2))([
          tensor(values, [1, 5, 5, 1]),
        ])[0]!,
      [3, 3, 1, 1],
    );
    const expected = gradientByForward(first, 9, new Float32Array(25).fill(1));
    expect(relativeError(second!, expected)).toBeLessThan(2e-6);
  });

  it('let a model of dilated layers learn', async () => {
    await moveTo(place);
    const seeded = (seed: number) => ({ className: 'GlorotUniform', config: { seed } }) as never;
    const model: LayersModel = sequential({
      layers: [
        layers.conv2d({
          inputShape: [9, 9, 1],
          filters: 4,
          kernelSize: 3,
          dilationRate: 2,
          kernelInitializer: seeded(1),
        }),
        layers.separableConv2d({
          filters: 3,
          kernelSize: 3,
          dilationRate: [2, 2],
          padding: 'same',
          depthwiseInitializer: seeded(2),
          pointwiseInitializer: seeded(5),
        }),
        layers.conv2d({
          filters: 3,
          kernelSize: 2,
          dilationRate: 2,
          activation: 'relu',
          kernelInitializer: seeded(3),
        }),
        layers.flatten(),
        layers.dense({ units: 1, kernelInitializer: seeded(4) }),
      ],
    });
    model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });
    const { values } = randomValues(0, [16, 9, 9, 1]);
    const [x, y] = [
      tensor(values, [16, 9, 9, 1]),
      tensor(
        values.filter((_, at) => at % 81 === 40),
        [16, 1],
      ),
    ];
    const before = model.getWeights().map((weight) => weight.dataSync().slice());
    const { history } = await model.fit(x, y, { epochs: 60, shuffle: false, verbose: 0 });
    const after = model.getWeights().map((weight) => weight.dataSync());
    expect(history.loss!.at(-1) as number).toBeLessThan((history.loss![0] as number) / 2);
    for (const [at, weight] of after.entries())
      expect(relativeError(weight, before[at]!)).toBeGreaterThan(1e-3);
    model.dispose();
    x.dispose();
    y.dispose();
  });
});
