import { createCanvas, loadImage } from '@napi-rs/canvas';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '../../../src/common/types';
import { encodeRgba } from '../../../src/render/png/encodeRgba';
import { chunkOf } from './readPng';

/** A picture of so many different colours, one a pixel. */
function colors(count: number, alpha = 255): RgbaImage {
  const data = new Uint8ClampedArray(count * 4);
  for (let pixel = 0; pixel < count; pixel++) data.set([pixel & 255, pixel >> 8, 7, alpha], pixel * 4);
  return { width: count, height: 1, data };
}

function imageOf(width: number, pixels: number[][]): RgbaImage {
  return { width, height: pixels.length / width, data: Uint8ClampedArray.from(pixels.flat()) };
}

/** Decodes with fast-png. */
function decodeRgba(file: Uint8Array): Buffer {
  const { data, channels, palette } = decode(file, { checkCrc: true });
  const pixels = Array.from({ length: data.length / channels }, (_, pixel) => {
    const samples = palette
      ? palette[data[pixel]!]!
      : [...data.subarray(pixel * channels, (pixel + 1) * channels)];
    return samples.length === 4 ? samples : [...samples, 255];
  });
  return Buffer.from(pixels.flat());
}

/** Type of the pixels: 2 is RGB, 3 is indexed, 6 is RGBA. */
function colorType(file: Uint8Array): number {
  return chunkOf(file, 'IHDR')![9]!;
}

describe('encodeRgba', () => {
  it.each([
    ['one colour', colors(1), 3],
    ['256 colours', colors(256), 3],
    ['257 colours', colors(257), 2],
    ['256 half transparent colours', colors(256, 128), 3],
    ['257 half transparent colours', colors(257, 128), 6],
    ['5000 colours', colors(5000), 2],
  ])('encodes %s exactly', (_, image, type) => {
    const file = encodeRgba(image, 6);
    expect(colorType(file)).toBe(type);
    expect(Buffer.compare(decodeRgba(file), Buffer.from(image.data))).toBe(0);
  });

  it('is RGBA where only the last of many colours is transparent', () => {
    const image = colors(300);
    image.data[299 * 4 + 3] = 254;
    const file = encodeRgba(image, 6);
    expect(colorType(file)).toBe(6);
    expect(Buffer.compare(decodeRgba(file), Buffer.from(image.data))).toBe(0);
  });

  it('counts colours that come back once', () => {
    const { data } = colors(256);
    const twice = new Uint8ClampedArray(2048);
    twice.set(data);
    twice.set(data, 1024);
    expect(colorType(encodeRgba({ width: 256, height: 2, data: twice }, 6))).toBe(3);
  });

  it('keeps rows and columns apart', () => {
    const [red, green, blue] = [
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
    ] as const;
    const image = imageOf(3, [
      [...red],
      [...green],
      [...blue],
      [...red],
      [...green],
      [...blue],
      [...blue],
      [...red],
      [...red],
    ]);
    const { width, height, data } = decode(encodeRgba(image, 6));
    expect([width, height]).toEqual([3, 3]);
    expect([...data]).toEqual([0, 1, 2, 0, 1, 2, 2, 0, 0]);
  });

  it('numbers all that is transparent as one colour', () => {
    const file = encodeRgba(
      imageOf(2, [
        [9, 9, 9, 0],
        [1, 2, 3, 0],
      ]),
      6,
    );
    expect([...decodeRgba(file)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is read by Skia', async () => {
    const image = colors(600);
    const decoded = await loadImage(encodeRgba(image, 1));
    const context = createCanvas(600, 1).getContext('2d');
    context.drawImage(decoded, 0, 0);
    expect(
      Buffer.compare(Buffer.from(context.getImageData(0, 0, 600, 1).data), Buffer.from(image.data)),
    ).toBe(0);
  });

  it.each([1, 6, 9] as const)('holds the same pixels at level %i', (level) => {
    const image = colors(1000, 200);
    expect(Buffer.compare(decodeRgba(encodeRgba(image, level)), Buffer.from(image.data))).toBe(0);
  });

  it.each([10, 300])('leaves a picture of %i colours as it was', (count) => {
    const image = colors(count);
    encodeRgba(image, 6);
    expect(Buffer.compare(Buffer.from(image.data), Buffer.from(colors(count).data))).toBe(0);
  });
});
