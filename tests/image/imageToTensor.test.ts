import '@tensorflow/tfjs-backend-cpu';
import { createCanvas } from '@napi-rs/canvas';
import { memory, setBackend, type Tensor, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageInput } from '../../src/image/ImageInput';
import { type ImageOptions, imageToTensor } from '../../src/image/imageToTensor';
import { firstDifference } from './firstDifference';

beforeAll(() => setBackend('cpu'));

type InputShape = readonly (number | null)[];

const GREY_28: InputShape = [null, 28, 28, 1];

function zeros(...shape: number[]) {
  return { data: new Float32Array(shape.reduce((product, size) => product * size, 1)), shape };
}

/** Shape and values of the tensor, which is disposed. */
async function convert(img: ImageInput, inputShape: InputShape, options?: ImageOptions) {
  const result = await imageToTensor(img, inputShape, options);
  const values = [...(await result.data())];
  result.dispose();
  return { shape: result.shape, dtype: result.dtype, values };
}

describe('imageToTensor', () => {
  it.each([
    ['grey', { width: 2, height: 1, data: Uint8Array.of(0, 255) }],
    ['RGB', { width: 2, height: 1, data: Uint8Array.of(0, 0, 0, 255, 255, 255) }],
    ['RGBA', { width: 2, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 255, 255, 255, 255, 255) }],
    ['a shape', { data: Float32Array.of(0, 1), shape: [1, 2] }],
    ['nested arrays', [[0, 1]]],
  ])('makes one float32 tensor of %s, in the channels that the model takes', async (_, img) => {
    const grey = await convert(img, [null, 1, 2, 1]);
    expect(grey).toMatchObject({ shape: [1, 1, 2, 1], dtype: 'float32' });
    expect(firstDifference(grey.values, [0, 1], 1e-7)).toBeUndefined();
    expect(await convert(img, [null, 1, 2, 3])).toEqual({
      shape: [1, 1, 2, 3],
      dtype: 'float32',
      values: [0, 0, 0, 1, 1, 1],
    });
  });

  it('reads a canvas', async () => {
    expect(await convert(createCanvas(2, 1), [null, 1, 2, 1], { imageBackground: 'white' })).toMatchObject({
      shape: [1, 1, 2, 1],
      values: [1, 1],
    });
  });

  it('keeps a batch', async () => {
    const img = { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2, 1] };
    expect(await convert(img, [null, 1, 2, 1])).toMatchObject({
      shape: [3, 1, 2, 1],
      values: [1, 2, 3, 4, 5, 6],
    });
    expect(await convert(img, [3, 1, 2, 1])).toMatchObject({ shape: [3, 1, 2, 1] });
  });

  it('takes any size and number of channels where the model leaves them open', async () => {
    expect((await convert(zeros(5, 7, 2), [null, null, null, null])).shape).toEqual([1, 5, 7, 2]);
    expect((await convert(zeros(5, 7, 4), [null, null, null, 3])).shape).toEqual([1, 5, 7, 3]);
    expect((await convert(zeros(5, 7), [null, null, 7, 1], { resize: true })).shape).toEqual([1, 5, 7, 1]);
  });

  it('resizes where it is asked to', async () => {
    const img = { data: Float32Array.of(0, 7, 14, 28), shape: [1, 4] };
    expect(await convert(img, [null, 1, 2, 1], { resize: true })).toMatchObject({
      shape: [1, 1, 2, 1],
      values: [3.5, 21],
    });
    const { values } = await convert(img, [null, 1, 2, 1], { resize: 'antialias' });
    expect(firstDifference(values, [5, 19], 1e-5)).toBeUndefined();
    expect((await convert(zeros(32, 24, 3), GREY_28, { resize: true })).shape).toEqual([1, 28, 28, 1]);
  });

  it('lays over the background before it resizes', async () => {
    // An opaque red pixel beside a transparent green one: no green may show.
    const img = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 0) };
    const { values } = await convert(img, [null, 1, 1, 3], { resize: true });
    expect(values).toEqual([0.5, 0, 0]);
  });

  it('has black behind what is transparent, or another colour', async () => {
    const img = { width: 1, height: 1, data: Uint8Array.of(0, 0, 255, 0) };
    expect((await convert(img, [null, 1, 1, 3])).values).toEqual([0, 0, 0]);
    expect((await convert(img, [null, 1, 1, 3], { imageBackground: '#ff3300' })).values).toEqual([
      1,
      Math.fround(0.2),
      0,
    ]);
  });

  it('leaves alpha to a model that takes it', async () => {
    const img = { width: 1, height: 1, data: Uint8Array.of(0, 0, 255, 51) };
    expect((await convert(img, [null, 1, 1, 4])).values).toEqual([0, 0, 1, Math.fround(0.2)]);
  });

  it("leaves the caller's tensor alone, and makes one of its own even where nothing is converted", async () => {
    const img = tensor4d([0.25, 0.5], [1, 1, 2, 1]);
    const { numTensors } = memory();
    const result = await imageToTensor(img, [null, 1, 2, 1]);
    expect(memory().numTensors).toBe(numTensors + 1);
    expect(result).not.toBe(img);
    result.dispose();
    expect(img.isDisposed).toBe(false);
    expect([...(await img.data())]).toEqual([0.25, 0.5]);
    img.dispose();
  });

  it("shares no memory with the caller's array", async () => {
    const img = { data: Float32Array.of(0.25, 0.5), shape: [1, 2] };
    const result = await imageToTensor(img, [null, 1, 2, 1]);
    img.data.fill(9);
    expect([...(await result.data())]).toEqual([0.25, 0.5]);
    result.dispose();
  });

  it('leaves no tensor behind where it fails', async () => {
    const img = tensor2d([[1, 2]]);
    const { numTensors } = memory();
    await expect(imageToTensor(img, GREY_28)).rejects.toThrow(RangeError);
    expect(memory().numTensors).toBe(numTensors);
    expect(img.isDisposed).toBe(false);
    img.dispose();
  });

  it.each<[ReturnType<typeof zeros>, InputShape, ImageOptions, string]>([
    [
      zeros(32, 32, 3),
      GREY_28,
      {},
      'img: expected [28, 28, 1] (height, width, channels), got [32, 32, 3]; pass resize: true to have it resized',
    ],
    [
      zeros(28, 27),
      GREY_28,
      { resize: false },
      'img: expected [28, 28, 1] (height, width, channels), got [28, 27, 1]; pass resize: true to have it resized',
    ],
    [
      zeros(8, 10),
      [null, 9, null, 1],
      {},
      'img: expected [9, ?, 1] (height, width, channels), got [8, 10, 1]; pass resize: true to have it resized',
    ],
    [
      zeros(28, 28, 2),
      GREY_28,
      {},
      'img: expected [28, 28, 1] (height, width, channels), got [28, 28, 2]; only grey, RGB and RGBA are converted into each other',
    ],
    [
      zeros(32, 32, 5),
      [null, 28, 28, 3],
      { resize: true },
      'img: expected [28, 28, 3] (height, width, channels), got [32, 32, 5]; only grey, RGB and RGBA are converted into each other',
    ],
    [
      zeros(28, 28, 3),
      [null, 28, 28, 16],
      {},
      'img: expected [28, 28, 16] (height, width, channels), got [28, 28, 3]; only grey, RGB and RGBA are converted into each other',
    ],
    [zeros(2, 28, 28, 1), [1, 28, 28, 1], {}, 'img: expected a batch of 1, got 2'],
    [zeros(28, 28), [4, 28, 28, 1], { resize: true }, 'img: expected a batch of 4, got 1'],
  ])('says what does not fit, %#', async (img, inputShape, options, message) => {
    await expect(imageToTensor(img, inputShape, options)).rejects.toThrow(new RangeError(message));
  });

  it.each([
    [{ resize: 'bilinear' }, 'resize: expected true, false or \'antialias\', got "bilinear"'],
    [{ resize: 1 }, "resize: expected true, false or 'antialias', got 1"],
    [{ resize: null }, "resize: expected true, false or 'antialias', got null"],
    [
      { imageBackground: 'see-through' },
      "imageBackground: expected a colour such as '#1f77b4', 'rgb(31, 119, 180)', 'white' or 'transparent', got \"see-through\"",
    ],
  ])('refuses the options %j', async (options, message) => {
    await expect(imageToTensor([[1]], [null, 1, 1, 1], options as never)).rejects.toThrow(
      new TypeError(message),
    );
  });

  describe('preprocess', () => {
    const bytes = { data: Uint8Array.of(0, 51, 255), shape: [1, 3] };
    const row: InputShape = [null, 1, null, 1];

    it.each<[string, ImageInput, number[]]>([
      ['bytes', bytes, [-1, -0.6, 1]],
      ['16-bit samples', { data: Uint16Array.of(0, 51 * 257, 65535), shape: [1, 3] }, [-1, -0.6, 1]],
      ['floats on the scale of bytes', { data: Float32Array.of(0, 51, 255), shape: [1, 3] }, [-1, -0.6, 1]],
      ['nested arrays', [[0, 51, 255]], [-1, -0.6, 1]],
    ])('is applied to %s where it is given', async (_, img, values) => {
      const result = await convert(img, row, { preprocess: 'tf' });
      expect(firstDifference(result.values, values, 1e-6)).toBeUndefined();
    });

    it('is applied to tensors of every type', async () => {
      const of = async (img: Tensor, options?: ImageOptions) => {
        const { values } = await convert(img as ImageInput, row, options);
        img.dispose();
        return values;
      };
      expect(await of(tensor2d([[0, 100, 255]], [1, 3], 'int32'), { preprocess: 'none' })).toEqual([
        0, 100, 255,
      ]);
      expect(await of(tensor2d([[0, 127.5, 255]]), { preprocess: 'tf' })).toEqual([-1, 0, 1]);
      expect(await of(tensor2d([[0, 1]], [1, 2], 'bool'), { preprocess: 'none' })).toEqual([0, 255]);
      expect(await of(tensor2d([[0, 1]], [1, 2], 'bool'))).toEqual([0, 1]);
    });

    it('divides floats too where it is unit', async () => {
      expect((await convert([[0, 51, 255]], row, { preprocess: 'unit' })).values).toEqual([
        0,
        Math.fround(0.2),
        1,
      ]);
      expect((await convert([[0, 51, 255]], row)).values).toEqual([0, 51, 255]);
    });

    it('is what the network wants where the options say nothing, but leaves numbers as they are', async () => {
      const wanted = async (img: ImageInput, options: ImageOptions = {}) => {
        const result = await imageToTensor(img, row, options, 'none');
        const values = [...(await result.data())];
        result.dispose();
        return values;
      };
      expect(await wanted(bytes)).toEqual([0, 51, 255]);
      expect(await wanted(bytes, { preprocess: 'unit' })).toEqual([0, Math.fround(0.2), 1]);
      expect(await wanted([[0, 0.2, 1]])).toEqual([0, Math.fround(0.2), 1]);
    });

    it('takes an int32 tensor for bytes only where it is a picture', async () => {
      const count = (channels: number) => Array.from({ length: channels }, (_, at) => at);
      for (const channels of [1, 2, 3, 4, 5, 11]) {
        const img = tensor4d(count(channels), [1, 1, 1, channels], 'int32');
        const { values } = await convert(img, [null, 1, 1, channels]);
        const isPicture = [1, 3, 4].includes(channels);
        expect(values).toEqual(count(channels).map((value) => Math.fround(isPicture ? value / 255 : value)));
        img.dispose();
      }
    });

    it('comes after conversion, background and resizing', async () => {
      const halfRed = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 51) };
      const red = await convert(halfRed, [null, 1, 1, 3], {
        preprocess: { scale: 1, order: 'bgr' },
        imageBackground: 'white',
      });
      expect(firstDifference(red.values, [204, 204, 255], 1e-4)).toBeUndefined();
      const grey = await convert(halfRed, [null, 1, 1, 1], { preprocess: { scale: 1, invert: true } });
      expect(firstDifference(grey.values, [255 - 0.2126 * 51], 1e-4)).toBeUndefined();
      const whole = await convert(bytes, [null, 1, 1, 1], { preprocess: 'none', resize: 'antialias' });
      expect(firstDifference(whole.values, [(51 * 3 + 255 * 2) / 7], 1e-4)).toBeUndefined();
      expect((await convert([[7]], [null, 1, 1, 4], { preprocess: 'none' })).values).toEqual([7, 7, 7, 255]);
    });

    it('keeps a batch', async () => {
      const img = { data: Uint8Array.of(0, 255, 51, 0), shape: [2, 1, 2, 1] };
      expect(await convert(img, row, { preprocess: 'none' })).toMatchObject({
        shape: [2, 1, 2, 1],
        values: [0, 255, 51, 0],
      });
    });

    it('leaves no tensor behind where it is wrong', async () => {
      const { numTensors } = memory();
      await expect(convert(bytes, row, { preprocess: 'torch' })).rejects.toThrow(
        "preprocess: expected a network that takes 3 channels for 'torch', got one that takes 1",
      );
      for (const img of [bytes, [[1]]]) {
        await expect(convert(img, row, { preprocess: null as never })).rejects.toThrow(
          "preprocess: expected 'unit', 'tf', 'torch', 'caffe', 'none' or",
        );
      }
      expect(memory().numTensors).toBe(numTensors);
    });
  });

  it('takes options that are undefined for those left out', async () => {
    const options = { resize: undefined, imageBackground: undefined, preprocess: undefined };
    expect((await convert([[1]], [null, 1, 1, 1], options)).values).toEqual([1]);
  });

  it.each<[unknown, string]>([
    [[], '[]'],
    [[null, 1, 1], '[?, 1, 1]'],
    [[null, 0, 1, 1], '[?, 0, 1, 1]'],
    [new Array(4), '[?, ?, ?, ?]'],
    [undefined, 'undefined'],
    ['1', '"1"'],
    [new Float32Array(4), 'a Float32Array'],
  ])('refuses %j as the shape of the input', async (shape, got) => {
    await expect(imageToTensor([[1]], shape as never)).rejects.toThrow(
      new TypeError(
        `inputShape: expected [batch, height, width, channels], sizes or null, 536870912 values at the most, got ${got}`,
      ),
    );
  });

  it('says of channels that come first what to do, as resizing would not help', async () => {
    const img = { data: new Float32Array(3 * 32 * 32), shape: [3, 32, 32] };
    for (const resize of [false, true, 'antialias'] as const) {
      await expect(imageToTensor(img, [null, 32, 32, 3], { resize })).rejects.toThrow(
        new RangeError(
          'img: expected [32, 32, 3] (height, width, channels), got [3, 32, 32]; channels come last: turn [channels, height, width] round',
        ),
      );
    }
    // Of any size, and a batch.
    const batch = { data: new Float32Array(2 * 32 * 32), shape: [2, 1, 32, 32] };
    await expect(imageToTensor(batch, [null, null, null, 1])).rejects.toThrow(
      'img: expected [?, ?, 1] (height, width, channels), got [1, 32, 32]; channels come last',
    );
  });

  it('refuses what is no image', async () => {
    await expect(imageToTensor(null as never, GREY_28)).rejects.toThrow(
      /^img: expected a tensor, .*, got null$/,
    );
    await expect(imageToTensor([[Number.NaN]], [null, 1, 1, 1])).rejects.toThrow(
      'img: expected finite values',
    );
  });
});
