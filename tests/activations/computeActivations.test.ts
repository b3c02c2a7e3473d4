import { cast, memory, mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeActivations } from '../../src/activations/computeActivations';
import type { Activation } from '../../src/common/types';
import { createFigure } from '../../src/figure/createFigure';
import type { ImageInput } from '../../src/image/ImageInput';
import { type ActivationModel, createActivationModel } from '../../src/model/createActivationModel';
import { loadReferenceModel } from '../loadReferenceModel';
import { IMAGE_COUNT, ofImage, readFloats } from '../reference';

const inputs = readFloats('input');

function imageOf(index: number) {
  return { data: ofImage(inputs, index), shape: [28, 28, 1] };
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((largest, value, at) => Math.max(largest, Math.abs(value - other[at]!)), 0);
}

describe('computeActivations', () => {
  let model: LayersModel;
  let everything: ActivationModel;
  beforeAll(async () => {
    model = await loadReferenceModel();
    everything = createActivationModel(model, /conv|dense/);
  });
  afterAll(() => model.dispose());

  it.each(Array.from({ length: IMAGE_COUNT }, (_, index) => index))(
    "is within 1e-5 of PyTorch's for image %i, probabilities too",
    async (index) => {
      const activations = await computeActivations(everything, imageOf(index));
      expect(activations.map(({ layerName, className, shape }) => ({ layerName, className, shape }))).toEqual(
        [
          { layerName: 'conv1', className: 'Conv2D', shape: [1, 26, 26, 16] },
          { layerName: 'conv2', className: 'Conv2D', shape: [1, 11, 11, 32] },
          { layerName: 'dense', className: 'Dense', shape: [1, 10] },
        ],
      );
      const references = ['conv1', 'conv2', 'probabilities'].map((name) => ofImage(readFloats(name), index));
      for (const [at, { data }] of activations.entries()) {
        expect(data).toBeInstanceOf(Float32Array);
        expect(largestDifference(data, references[at]!)).toBeLessThan(1e-5);
      }
    },
  );

  it('colours fewer than 1 in 10,000 values otherwise than the reference does, each by one', async () => {
    let [values, different, farther] = [0, 0, 0];
    for (let index = 0; index < IMAGE_COUNT; index++) {
      const activations = await computeActivations(everything, imageOf(index));
      for (const activation of activations.slice(0, 2)) {
        const reference: Activation = {
          ...activation,
          data: ofImage(readFloats(activation.layerName), index),
        };
        const tiles = createFigure(reference).tiles;
        for (const [channel, tile] of createFigure(activation).tiles.entries()) {
          tile.indices.forEach((color, at) => {
            const distance = Math.abs(color - tiles[channel]!.indices[at]!);
            values++;
            if (distance > 0) different++;
            if (distance > 1) farther++;
          });
        }
      }
    }
    expect(values).toBe(205_632);
    expect(different).toBeLessThan(values / 10_000);
    expect(farther).toBe(0);
  });

  it('runs a batch at once', async () => {
    const batch = { data: inputs, shape: [IMAGE_COUNT, 28, 28, 1] };
    const activations = await computeActivations(everything, batch);
    expect(activations.map(({ shape }) => shape[0])).toEqual([14, 14, 14]);
    expect(largestDifference(activations[1]!.data, readFloats('conv2'))).toBeLessThan(1e-5);
  });

  it('means the same image by every kind of input', async () => {
    const bytes = Uint8Array.from({ length: 784 }, (_, at) => (at * 37) % 256);
    const floats = Float32Array.from(bytes, (byte) => byte / 255);
    const rgba = Uint8ClampedArray.from({ length: 784 * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : bytes[at >> 2]!,
    );
    const rows = Array.from({ length: 28 }, (_, row) => [...floats.subarray(row * 28, row * 28 + 28)]);
    const kinds: Record<string, ImageInput> = {
      'floats with a shape': { data: floats, shape: [28, 28, 1] },
      'doubles with a shape': { data: Float64Array.from(floats), shape: [28, 28] },
      'bytes with a shape': { data: bytes, shape: [1, 28, 28, 1] },
      'grey pixels': { width: 28, height: 28, data: bytes },
      'RGBA pixels': { width: 28, height: 28, data: rgba },
      rows,
      'rows of pixels': rows.map((row) => row.map((value) => [value])),
      'images of rows of pixels': [rows.map((row) => row.map((value) => [value]))],
      'a tensor of rank 2': tensor(floats, [28, 28]) as never,
      'a tensor of rank 3': tensor(floats, [28, 28, 1]) as never,
      'a tensor of rank 4': tensor(floats, [1, 28, 28, 1]) as never,
      'a tensor of bytes': tensor(bytes, [28, 28], 'int32') as never,
    };
    const [expected] = await computeActivations(everything, { data: floats, shape: [28, 28] });
    for (const [kind, img] of Object.entries(kinds)) {
      const [activation] = await computeActivations(everything, img);
      expect(largestDifference(activation!.data, expected!.data), kind).toBeLessThan(1e-6);
    }
  });

  it("neither changes nor disposes the caller's tensor, and leaves none behind", async () => {
    const mine = mul(cast(tensor(imageOf(3).data, [28, 28, 1]), 'float32'), 1) as Tensor;
    const values = [...mine.dataSync()];
    const before = memory();
    const [activation] = await computeActivations(everything, mine as never);
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(mine.isDisposed).toBe(false);
    expect([...mine.dataSync()]).toEqual(values);
    activation!.data.fill(7);
    expect([...mine.dataSync()]).toEqual(values);
    mine.dispose();
  });

  it('leaves none behind where it throws', async () => {
    const before = memory().numTensors;
    const broken = {
      ...everything,
      predict(): never {
        throw new Error('out of memory');
      },
    };
    await expect(computeActivations(broken, imageOf(0))).rejects.toThrow('out of memory');
    await expect(computeActivations(everything, [[Number.NaN]])).rejects.toThrow(RangeError);
    expect(memory().numTensors).toBe(before);
  });

  it('returns data of its own, not a view of the memory of the backend', async () => {
    const [activation] = await computeActivations(everything, imageOf(0));
    expect(activation!.data.byteLength).toBe(activation!.data.buffer.byteLength);
  });

  it('turns whole numbers that a layer puts out into floats', async () => {
    const whole = sequential({
      layers: [
        layers.conv2d({ name: 'conv', inputShape: [2, 2, 1], filters: 1, kernelSize: 1, useBias: false }),
      ],
    });
    whole.layers[0]!.call = (given) => cast(Array.isArray(given) ? given[0]! : given, 'int32');
    const [activation] = await computeActivations(createActivationModel(whole), [
      [0, 1],
      [2, 0],
    ]);
    expect(activation!.data).toBeInstanceOf(Float32Array);
    expect([...activation!.data]).toEqual([0, 1, 2, 0]);
  });

  it('resizes only where it is asked to', async () => {
    const img = { width: 56, height: 56, data: new Uint8Array(56 * 56).fill(255) };
    await expect(computeActivations(everything, img)).rejects.toThrow(
      'img: expected [28, 28, 1] (height, width, channels), got [56, 56, 1]; pass resize: true to have it resized',
    );
    const [resized] = await computeActivations(everything, img, { resize: true });
    const [white] = await computeActivations(everything, {
      data: new Float32Array(784).fill(1),
      shape: [28, 28],
    });
    expect(largestDifference(resized!.data, white!.data)).toBeLessThan(1e-6);
  });

  it.each<[string, unknown, string]>([
    [
      'an empty image',
      [],
      'img: expected [height, width], [height, width, channels] or [batch, height, width, channels], each at least 1, got [0]',
    ],
    ['a size of zero', { data: new Float32Array(0), shape: [0, 28, 1] }, 'each at least 1, got [0, 28, 1]'],
    ['a rank of one', { data: new Float32Array(784), shape: [784] }, 'each at least 1, got [784]'],
    [
      'a rank of five',
      { data: new Float32Array(784), shape: [1, 1, 28, 28, 1] },
      'each at least 1, got [1, 1, 28, 28, 1]',
    ],
    [
      'two channels',
      { data: new Float32Array(1568), shape: [28, 28, 2] },
      'img: expected [28, 28, 1] (height, width, channels), got [28, 28, 2]; only grey, RGB and RGBA are converted into each other',
    ],
    [
      'NaN',
      { data: new Float32Array(784).fill(Number.NaN, 29, 30), shape: [28, 28] },
      'img: expected finite values, got NaN at [1, 1]',
    ],
    [
      'nothing',
      undefined,
      'img: expected a tensor, { width, height, data }, { data, shape }, nested arrays, the bytes or the Blob of an image file, or on a page an image, canvas, video or ImageBitmap, got undefined',
    ],
    ['text', 'three.png', 'got "three.png"'],
  ])('refuses %s', async (_, img, message) => {
    await expect(computeActivations(everything, img as never)).rejects.toThrow(message);
  });

  it('refuses a tensor that has been disposed', async () => {
    const gone = tensor([[1]]);
    gone.dispose();
    await expect(computeActivations(everything, gone as never)).rejects.toThrow(
      'img: expected a live tensor, got one that has been disposed',
    );
  });

  it('refuses an image smaller than the windows that go over it', async () => {
    const open = sequential({
      layers: [
        layers.conv2d({
          name: 'conv',
          inputShape: [null as never, null as never, 1],
          filters: 2,
          kernelSize: 3,
        }),
      ],
    });
    await expect(computeActivations(createActivationModel(open), [[1]])).rejects.toThrow(
      'FusedConv2D: expected an image of at least [3, 3], which is the size of the window, got [1, 1]',
    );
  });

  it('refuses an array that contains itself', async () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    await expect(computeActivations(everything, cyclic as never)).rejects.toThrow(
      'each at least 1, got [1, 1, 1, 1, 1, 1, 1]',
    );
  });

  it('refuses what is no activation model', async () => {
    await expect(computeActivations(model as never, imageOf(0))).rejects.toThrow(
      'activationModel: expected what createActivationModel returns, got a Sequential',
    );
  });
});
