import '@tensorflow/tfjs-backend-cpu';
import { runInNewContext } from 'node:vm';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import {
  complex,
  memory,
  scalar,
  setBackend,
  type Tensor,
  tensor,
  tensor1d,
  tensor2d,
  tensor3d,
  tensor4d,
  tensor5d,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageInput } from '../../src/image/ImageInput';
import { readImage } from '../../src/image/readImage';

beforeAll(() => setBackend('cpu'));

/** Shape and values, for `toEqual`. */
async function read(img: unknown) {
  const { batch, height, width, channels, data } = await readImage(img as ImageInput);
  return { shape: [batch, height, width, channels], values: [...data] };
}

describe('readImage of tensors', () => {
  it.each([
    ['rank 2', () => tensor2d([0.25, 0.5], [1, 2]), [1, 1, 2, 1]],
    ['rank 3', () => tensor3d([0.25, 0.5], [2, 1, 1]), [1, 2, 1, 1]],
    ['rank 4', () => tensor4d([0.25, 0.5], [2, 1, 1, 1]), [2, 1, 1, 1]],
    ['a variable', () => variable(tensor2d([0.25, 0.5], [1, 2])), [1, 1, 2, 1]],
  ])('reads %s', async (_, make, shape) => {
    const img = make();
    expect(await read(img)).toEqual({ shape, values: [0.25, 0.5] });
    img.dispose();
  });

  it('leaves floats as they are, below 0 and above 1 too', async () => {
    expect((await read(tensor2d([[-3, 0, 255]]))).values).toEqual([-3, 0, 255]);
  });

  it('takes int32 as bytes and bool as 0 and 1', async () => {
    expect((await read(tensor2d([[0, 51, 255]], [1, 3], 'int32'))).values).toEqual([0, Math.fround(0.2), 1]);
    expect((await read(tensor2d([[true, false]], [1, 2], 'bool'))).values).toEqual([1, 0]);
  });

  it('leaves the tensor alive and as it was, and makes none', async () => {
    const img = tensor2d([[0, 51, 255]], [1, 3], 'int32');
    const { numTensors } = memory();
    const { data } = await readImage(img);
    data.fill(7);
    expect(memory().numTensors).toBe(numTensors);
    expect(img.isDisposed).toBe(false);
    expect([...(await img.data())]).toEqual([0, 51, 255]);

    const floats = tensor2d([[0.5]]);
    (await readImage(floats)).data.fill(7);
    expect([...(await floats.data())]).toEqual([0.5]);
  });

  it.each([
    ['rank 0', () => scalar(1), '[]'],
    ['rank 1', () => tensor1d([1, 2]), '[2]'],
    ['rank 5', () => tensor5d([1], [1, 1, 1, 1, 1]), '[1, 1, 1, 1, 1]'],
    ['a zero size', () => tensor([], [0, 28, 1]), '[0, 28, 1]'],
  ])('refuses %s', async (_, make, got) => {
    const message = `img: expected [height, width], [height, width, channels] or [batch, height, width, channels], each at least 1, got ${got}`;
    await expect(readImage(make() as never)).rejects.toThrow(new RangeError(message));
  });

  it('refuses what has been disposed', async () => {
    const img = tensor2d([[1]]);
    img.dispose();
    await expect(readImage(img)).rejects.toThrow(
      'img: expected a live tensor, got one that has been disposed',
    );
  });

  it.each<[string, () => Tensor]>([
    ['string', () => tensor([['a']])],
    ['complex64', () => complex([[1]], [[2]])],
  ])('refuses a tensor of %s', async (dtype, make) => {
    await expect(readImage(make() as never)).rejects.toThrow(
      new TypeError(`img: expected a tensor of float32, int32 or bool, got ${dtype}`),
    );
  });
});

describe('readImage of { width, height, data }', () => {
  it.each([
    ['grey', [0, 255], [1, 1, 2, 1], [0, 1]],
    ['RGB', [0, 255, 51, 255, 0, 0], [1, 1, 2, 3], [0, 1, 0.2, 1, 0, 0]],
    ['RGBA', [0, 255, 51, 255, 0, 0, 0, 0], [1, 1, 2, 4], [0, 1, 0.2, 1, 0, 0, 0, 0]],
  ])('reads %s', async (_, bytes, shape, values) => {
    const img = { width: 2, height: 1, data: Uint8ClampedArray.from(bytes) };
    expect(await read(img)).toEqual({ shape, values: values.map(Math.fround) });
  });

  it('is row-major: width comes after height', async () => {
    const img = { width: 3, height: 2, data: Float32Array.of(0, 1, 2, 3, 4, 5) };
    expect(await read(img)).toEqual({ shape: [1, 2, 3, 1], values: [0, 1, 2, 3, 4, 5] });
  });

  it('leaves the pixels as they were and shares nothing with them', async () => {
    const img = { width: 1, height: 1, data: Float32Array.of(0.5) };
    (await readImage(img)).data.fill(7);
    expect([...img.data]).toEqual([0.5]);
  });

  it('prefers a shape to width and height', async () => {
    const img = { width: 9, height: 9, data: Float32Array.of(1, 2), shape: [2, 1] };
    expect((await read(img)).shape).toEqual([1, 2, 1, 1]);
  });

  it.each([
    [0, 0, 'got 0 and 0'],
    [0, 28, 'got 0 and 28'],
    [-1, -1, 'got -1 and -1'],
    [1.5, 2, 'got 1.5 and 2'],
    ['2', 1, 'got "2" and 1'],
    [Number.NaN, 1, 'got NaN and 1'],
    [undefined, undefined, 'got undefined and undefined'],
  ])('refuses %s × %s', async (width, height, got) => {
    await expect(readImage({ width, height, data: new Uint8Array(0) } as never)).rejects.toThrow(
      new RangeError(`img: expected width and height of at least 1, ${got}`),
    );
  });

  it.each([
    [2, 2, 0, '4, 12 or 16 values for 2 × 2 pixels (grey, RGB or RGBA), got 0'],
    [2, 2, 8, '4, 12 or 16 values for 2 × 2 pixels (grey, RGB or RGBA), got 8'],
    [2, 2, 15, '4, 12 or 16 values for 2 × 2 pixels (grey, RGB or RGBA), got 15'],
    [1e6, 1e6, 4, 'values for 1000000 × 1000000 pixels (grey, RGB or RGBA), got 4'],
  ])('refuses %i × %i pixels of %i values', async (width, height, length, message) => {
    const reading = readImage({ width, height, data: new Uint8Array(length) });
    await expect(reading).rejects.toThrow(RangeError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe('readImage of { data, shape }', () => {
  it.each([
    [
      [1, 4],
      [1, 1, 4, 1],
    ],
    [
      [2, 2],
      [1, 2, 2, 1],
    ],
    [
      [2, 1, 2],
      [1, 2, 1, 2],
    ],
    [
      [1, 1, 1, 4],
      [1, 1, 1, 4],
    ],
  ])('reads the shape %j', async (shape, rank4) => {
    const data = Float32Array.of(1, 2, 3, 4);
    expect(await read({ data, shape })).toEqual({ shape: rank4, values: [1, 2, 3, 4] });
  });

  it.each([
    ['Uint8Array', Uint8Array.of(0, 51, 255)],
    ['Uint8ClampedArray', Uint8ClampedArray.of(0, 51, 255)],
    ['Uint16Array', Uint16Array.of(0, 13107, 65535)],
    ['Float32Array', Float32Array.of(0, 0.2, 1)],
    ['Float64Array', Float64Array.of(0, 0.2, 1)],
    ['Buffer', Buffer.from([0, 51, 255])],
    ['a subclass', new (class Pixels extends Uint8Array {})([0, 51, 255])],
    ['a subclass without a name', new (class extends Uint8ClampedArray {})([0, 51, 255])],
    ['bytes of another window', runInNewContext('Uint8ClampedArray.of(0, 51, 255)') as Uint8ClampedArray],
    ['floats of another window', runInNewContext('Float32Array.of(0, 0.2, 1)') as Float32Array],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(3)).fill(51, 1).fill(255, 2)],
    ['part of a buffer', new Uint8Array(Uint8Array.of(9, 0, 51, 255, 9).buffer, 1, 3)],
  ])('brings %s to 0..1', async (_, data) => {
    expect((await read({ data, shape: [1, 3] })).values).toEqual([0, Math.fround(0.2), 1]);
  });

  it.each([
    [[], '[]'],
    [[784], '[784]'],
    [[1, 1, 28, 28, 1], '[1, 1, 28, 28, 1]'],
    [[0, 28], '[0, 28]'],
    [[28, -28], '[28, -28]'],
    [[28, 0.5], '[28, 0.5]'],
    [[28, Number.NaN], '[28, NaN]'],
    [[28, null], '[28, ?]'],
    [['28', 28], '[28, 28]'],
    [[2 ** 60, 1], '[1152921504606847000, 1]'],
  ])('refuses the shape %j', async (shape, got) => {
    const message = `img: expected [height, width], [height, width, channels] or [batch, height, width, channels], each at least 1, got ${got}`;
    await expect(readImage({ data: new Float32Array(784), shape } as never)).rejects.toThrow(
      new RangeError(message),
    );
  });

  it.each([
    [[2, 2], 3, 'img: expected 4 values for the shape [2, 2], got 3'],
    [[28, 28, 1], 0, 'img: expected 784 values for the shape [28, 28, 1], got 0'],
    [[1e7, 1e7], 1, 'img: expected 100000000000000 values for the shape [10000000, 10000000], got 1'],
  ])('refuses data that does not fill the shape %j', async (shape, length, message) => {
    await expect(readImage({ data: new Float32Array(length), shape })).rejects.toThrow(
      new RangeError(message),
    );
  });

  it.each([
    [new Int32Array(1), 'a Int32Array'],
    [new BigUint64Array(1), 'a BigUint64Array'],
    [new DataView(new ArrayBuffer(1)), 'a DataView'],
    [new ArrayBuffer(1), 'a ArrayBuffer'],
    [[0.5], '[0.5]'],
    [null, 'null'],
  ])('refuses %o as data', async (data, got) => {
    await expect(readImage({ data, shape: [1, 1] } as never)).rejects.toThrow(
      new TypeError(
        `img.data: expected Uint8Array, Uint8ClampedArray, Uint16Array, Float32Array, Float64Array, got ${got}`,
      ),
    );
  });

  it.each([
    [Int32Array.of(1, 1), 'a Int32Array'],
    ['1x1', '"1x1"'],
    [null, 'null'],
  ])('refuses %s as a shape', async (shape, got) => {
    await expect(readImage({ data: new Float32Array(1), shape } as never)).rejects.toThrow(
      new TypeError(`img.shape: expected an array of sizes, got ${got}`),
    );
  });
});

describe('readImage of nested arrays', () => {
  it.each([
    [[[1, 2, 3]], [1, 1, 3, 1], [1, 2, 3]],
    [
      [[[1, 2]], [[3, 4]]],
      [1, 2, 1, 2],
      [1, 2, 3, 4],
    ],
    [
      [
        [[[1]], [[2]]],
        [[[3]], [[4]]],
      ],
      [2, 2, 1, 1],
      [1, 2, 3, 4],
    ],
  ])('reads %j', async (img, shape, values) => {
    expect(await read(img)).toEqual({ shape, values });
  });

  it('takes the numbers for what they are', async () => {
    expect((await read([[0, 0.5, 255]])).values).toEqual([0, 0.5, 255]);
  });

  it('leaves the arrays as they were', async () => {
    const img = [[0.5, 1]];
    (await readImage(img)).data.fill(7);
    expect(img).toEqual([[0.5, 1]]);
  });

  it.each<[unknown, string]>([
    [[[1, 2], [3]], 'img[1]: expected 2 elements as in the first, got 1'],
    [[[1], [2, 3]], 'img[1]: expected 1 elements as in the first, got 2'],
    [[[1, 2], 3], 'img[1]: expected 2 elements as in the first, got 3'],
    [[[[1]], [[1], [2]]], 'img[1]: expected 1 elements as in the first, got 2'],
    [[[[1, 2]], [[1]]], 'img[1][0]: expected 2 elements as in the first, got 1'],
  ])('refuses the ragged %j', async (img, message) => {
    await expect(readImage(img as never)).rejects.toThrow(new RangeError(message));
  });

  it.each<[unknown, string]>([
    [[[1, '2']], 'img[0][1]: expected a number, got "2"'],
    [[[1, null]], 'img[0][1]: expected a number, got null'],
    [[[1, [2]]], 'img[0][1]: expected a number, got [2]'],
    [[[1, true]], 'img[0][1]: expected a number, got true'],
    [[[1, 2n]], 'img[0][1]: expected a number, got a bigint'],
    [[new Array(1)], 'img[0][0]: expected a number, got undefined'],
    [[Float32Array.of(1)], 'img[0]: expected a number, got a Float32Array'],
  ])('refuses what is no number, %#', async (img, message) => {
    await expect(readImage(img as never)).rejects.toThrow(new TypeError(message));
  });

  it.each([
    [[], '[0]'],
    [[[]], '[1, 0]'],
    [[[[]], [[]]], '[2, 1, 0]'],
    [[1, 2, 3], '[3]'],
    [[[[[[1]]]]], '[1, 1, 1, 1, 1]'],
  ])('refuses %j', async (img, got) => {
    const reading = readImage(img as never);
    await expect(reading).rejects.toThrow(RangeError);
    await expect(reading).rejects.toThrow(`each at least 1, got ${got}`);
  });
});

describe('readImage', () => {
  it('reads what can be drawn', async () => {
    const canvas = createCanvas(2, 1);
    const context = canvas.getContext('2d');
    context.fillStyle = '#ff3300';
    context.fillRect(1, 0, 1, 1);
    expect(await read(canvas)).toEqual({
      shape: [1, 1, 2, 4],
      values: [0, 0, 0, 0, 1, Math.fround(0.2), 0, 1],
    });
  });

  it.each<[string, unknown, string]>([
    ['a shape', { data: Float32Array.of(1, 2, 3, Number.NaN), shape: [2, 2] }, 'got NaN at [1, 1]'],
    [
      'a batch',
      { data: Float32Array.of(1, 2, Number.NaN, 4), shape: [2, 1, 2, 1] },
      'got NaN at [1, 0, 0, 0]',
    ],
    [
      'pixels',
      { data: Float64Array.of(1, 2, Number.NEGATIVE_INFINITY), width: 1, height: 1 },
      'got -Infinity at [0, 0, 2]',
    ],
    [
      'nested arrays',
      [
        [1, 2],
        [Number.POSITIVE_INFINITY, 4],
      ],
      'got Infinity at [1, 0]',
    ],
    ['what float32 cannot hold', [[1, 1e300]], 'got 1e+300 at [0, 1]'],
  ])('refuses values that are not finite in %s', async (_, img, got) => {
    await expect(readImage(img as never)).rejects.toThrow(
      new RangeError(`img: expected finite values, ${got}`),
    );
  });

  it('refuses values of a tensor that are not finite', async () => {
    const img = tensor3d([0, 1, 2, Number.NaN], [2, 1, 2]);
    await expect(readImage(img)).rejects.toThrow('img: expected finite values, got NaN at [1, 0, 1]');
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    ['digit.png', '"digit.png"'],
    [28, '28'],
    [{}, 'an object'],
    [{ width: 2, height: 2 }, 'an object'],
    [{ shape: [1, 1] }, 'an object'],
    [new Map(), 'a Map'],
    [Promise.resolve([[1]]), 'a Promise'],
    [() => [[1]], 'a function'],
  ])('refuses %s', async (img, got) => {
    await expect(readImage(img as never)).rejects.toThrow(
      new TypeError(
        'img: expected a tensor, { width, height, data }, { data, shape }, nested arrays, the bytes or the Blob of an image file, or on a page an image, canvas, ' +
          `video or ImageBitmap, got ${got}`,
      ),
    );
  });
});

describe('readImage of files', () => {
  const orange = createCanvas(2, 1);
  orange.getContext('2d').fillStyle = '#ff8040';
  orange.getContext('2d').fillRect(0, 0, 1, 1);
  const file = orange.toBuffer('image/png');
  const pixels = { shape: [1, 1, 2, 4], values: [1, 128 / 255, 64 / 255, 1, 0, 0, 0, 0].map(Math.fround) };

  it.each<[string, unknown]>([
    ['a Buffer', file],
    ['a Uint8Array', Uint8Array.from(file)],
    ['a Uint8ClampedArray', Uint8ClampedArray.from(file)],
    ['an ArrayBuffer', Uint8Array.from(file).buffer],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(file.length))],
    ['a Blob', new Blob([Uint8Array.from(file)])],
    ['a File', new File([Uint8Array.from(file)], 'orange.png')],
  ])('reads %s', async (_, img) => {
    if (img instanceof Uint8Array && img.buffer instanceof SharedArrayBuffer) img.set(file);
    expect(await read(img)).toEqual(pixels);
  });

  it('reads an array of another window', async () => {
    expect(await read(runInNewContext(`Uint8Array.of(${[...file]})`))).toEqual(pixels);
  });

  it('reads an image that a canvas for Node has loaded', async () => {
    expect(await read(await loadImage(file))).toEqual(pixels);
  });

  it.each<[unknown, string]>([
    [Uint8Array.of(1, 2, 3), 'a Uint8Array of 3 bytes, which is none of these'],
    [new Uint8Array(784), 'a Uint8Array of 784 bytes, which is none of these'],
    [new ArrayBuffer(0), 'an ArrayBuffer of 0 bytes, which is empty'],
    [new Blob(['<html>']), 'a Blob of 6 bytes, which is an HTML page'],
    [new Float32Array(784), 'a Float32Array'],
    [new DataView(new ArrayBuffer(8)), 'a DataView'],
  ])('says what to pass in place of %o', async (img, got) => {
    await expect(read(img)).rejects.toThrow(
      new TypeError(
        `img: expected the bytes of an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got ${got.replace('an A', 'a A')}; pass pixels as { width, height, data }`,
      ),
    );
  });

  it('names what it was given where the file is damaged or cannot be decoded', async () => {
    await expect(read(file.subarray(0, 60))).rejects.toThrow(
      new Error('img: expected a whole image file, got a Buffer of 60 bytes, which has been cut off'),
    );
    const empty = Buffer.from('R0lGODlhAQABAAAAOw==', 'base64');
    await expect(read(empty)).rejects.toThrow(
      'img: expected an image file, got a Buffer of 13 bytes, which cannot be decoded',
    );
  });

  it('has one limit of pixels for files and for what is drawn', async () => {
    const read = (img: unknown, maxPixels: number) =>
      readImage(img as ImageInput, undefined, undefined, maxPixels);
    expect((await read(file, 2)).width).toBe(2);
    await expect(read(file, 1)).rejects.toThrow(
      /^img: expected at most 1 pixels, got a Buffer of \d+ bytes of 2 × 1/,
    );
    await expect(read(orange, 1)).rejects.toThrow('img: expected at most 1 pixels, got 2 × 1');
    await expect(read(file, 0)).rejects.toThrow(
      'maxPixels: expected a whole number from 1 to 268435456, got 0',
    );
  });
});
