import { backend_util } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomSource, relativeError, sizeOf } from './random';
import { type Place, runKernelOn } from './runOn';

type Shape = [number, number, number, number];
const PLACES: readonly Place[] = ['binary', 'fallback'];
const TOLERANCE = 2e-6;

/** A convolution of random shape, stride, padding, dilation and channel counts, odd ones too. */
function randomConvolution(seed: number, depthwise: boolean) {
  const { whole, pick, floats } = randomSource(seed);
  const dilations: [number, number] = [whole(1, 3), whole(1, 2)];
  const filterSize = [whole(1, 4), whole(1, 4)] as const;
  const spans = filterSize.map((size, axis) => (size - 1) * dilations[axis]! + 1) as [number, number];
  const inChannels = pick([1, 2, 3, 4, 5, 8, 9, 16]);
  const last = depthwise ? pick([1, 1, 2, 3]) : pick([1, 3, 7, 8, 10, 16, 17]);
  const x: Shape = [whole(1, 3), spans[0] + whole(0, 9), spans[1] + whole(0, 12), inChannels];
  const filter: Shape = [...filterSize, inChannels, last];
  const strides: [number, number] = [whole(1, 3), whole(1, 3)];
  const side = (span: number): [number, number] => [whole(0, span - 1), whole(0, span - 1)];
  const explicit = [[0, 0], side(spans[0]), side(spans[1]), [0, 0]] as backend_util.ExplicitPadding;
  const pad = pick<'valid' | 'same' | backend_util.ExplicitPadding>(['valid', 'same', explicit]);
  const sizes = backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', depthwise);
  return {
    label: `${seed}: ${x} by ${filter}, strides ${strides}, dilations ${dilations}, pad ${JSON.stringify(pad)}`,
    x: { values: floats(sizeOf(x)), shape: x },
    filter: { values: floats(sizeOf(filter)), shape: filter },
    dy: { values: floats(sizeOf(sizes.outShape)), shape: sizes.outShape },
    strides,
    dilations,
    pad,
    sizes,
  };
}

type Convolution = ReturnType<typeof randomConvolution>;

/** The filter with the zeros that a dilation stands for: tfjs's cpu backend has gradients of it as of any other. */
function spread({ filter, dilations }: Convolution) {
  const [height, width, channels, last] = filter.shape;
  const shape = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1, channels, last];
  const values = new Float32Array(sizeOf(shape));
  const places: number[] = [];
  for (let at = 0; at < filter.values.length; at++) {
    const rest = at % (channels * last);
    const [fh, fw] = [Math.floor(at / (channels * last) / width), Math.floor(at / (channels * last)) % width];
    const place = (fh * dilations[0] * shape[1]! + fw * dilations[1]) * channels * last + rest;
    values[place] = filter.values[at]!;
    places.push(place);
  }
  return { values, shape, places };
}

/** The padding that a spread filter needs to see the same pixels, `same` being counted out. */
function explicitPad({ sizes }: Convolution): backend_util.ExplicitPadding {
  const { top, bottom, left, right } = sizes.padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

function attributesOf(convolution: Convolution) {
  const { strides, pad, dilations, x, filter } = convolution;
  const shared = { strides, pad, dilations, dataFormat: 'NHWC', dimRoundingMode: 'floor' };
  return { ...shared, filterShape: filter.shape, inputShape: x.shape };
}

function referenceAttributes(convolution: Convolution, filterShape: number[]) {
  const { strides, x } = convolution;
  const shared = { strides, pad: explicitPad(convolution), dilations: [1, 1], dataFormat: 'NHWC' };
  return { ...shared, dimRoundingMode: 'floor', filterShape, inputShape: x.shape };
}

describe.each([
  ['Conv2DBackprop', false],
  ['DepthwiseConv2dNativeBackprop', true],
] as const)('%s', (kernel, depthwise) => {
  for (let seed = 0; seed < 60; seed++) {
    const convolution = randomConvolution(seed, depthwise);
    it(`is that of the cpu backend: ${convolution.label}`, async () => {
      const { x, dy, filter } = convolution;
      const { values, shape, places } = spread(convolution);
      const reference = referenceAttributes(convolution, shape);
      const whole = await runKernelOn('cpu', `${kernel}Filter`, { x, dy }, reference);
      const expectedFilter = places.map((place) => whole.values[place]!);
      const expectedInput = await runKernelOn(
        'cpu',
        `${kernel}Input`,
        { dy, filter: { values, shape } },
        reference,
      );
      for (const place of PLACES) {
        const ofFilter = await runKernelOn(place, `${kernel}Filter`, { x, dy }, attributesOf(convolution));
        expect(ofFilter.shape).toEqual(filter.shape);
        expect(relativeError(ofFilter.values, expectedFilter), `filter, ${place}`).toBeLessThan(TOLERANCE);
        const ofInput = await runKernelOn(place, `${kernel}Input`, { dy, filter }, attributesOf(convolution));
        expect(ofInput.shape).toEqual(x.shape);
        expect(relativeError(ofInput.values, expectedInput.values), `input, ${place}`).toBeLessThan(
          TOLERANCE,
        );
      }
    });
  }

  it.each(PLACES)('refuses channels first: %s', async (place) => {
    const { x, dy, ...rest } = randomConvolution(0, depthwise);
    const attributes = { ...attributesOf({ x, dy, ...rest }), dataFormat: 'NCHW' };
    await expect(runKernelOn(place, `${kernel}Filter`, { x, dy }, attributes)).rejects.toThrow(
      `${kernel}Filter: expected the dataFormat NHWC, got NCHW`,
    );
  });
});
