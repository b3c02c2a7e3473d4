import { createCanvas, loadImage } from '@napi-rs/canvas';
import { decode as decodeFastPng } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Figure, RgbaImage } from '../../../src/common/types';
import { type RenderPngOptions, renderPng } from '../../../src/render/png/renderPng';
import { describeRenderer } from '../conformance';
import { figures } from '../figures';

/** Decodes with fast-png, which checks every checksum. */
function decodePng(file: Uint8Array): RgbaImage {
  const { width, height, data, palette, channels, transparency } = decodeFastPng(file, { checkCrc: true });
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const index = data[pixel]!;
    if (palette) {
      const alphas = transparency as Uint16Array | undefined;
      const [red, green, blue, alpha] = palette[index]!;
      rgba.set([red!, green!, blue!, alpha ?? alphas?.[index] ?? 255], pixel * 4);
    } else {
      rgba.set(data.subarray(pixel * channels, (pixel + 1) * channels), pixel * 4);
      if (channels === 3) rgba[pixel * 4 + 3] = 255;
    }
  }
  // Transparent black and transparent anything are the same picture.
  for (let at = 0; at < rgba.length; at += 4) if (rgba[at + 3] === 0) rgba.fill(0, at, at + 4);
  return { width, height, data: rgba };
}

async function decodeWithSkia(file: Uint8Array): Promise<RgbaImage> {
  const image = await loadImage(file);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return {
    width: image.width,
    height: image.height,
    data: new Uint8ClampedArray(context.getImageData(0, 0, image.width, image.height).data),
  };
}

async function draw(figure: Figure, options: RenderPngOptions): Promise<RgbaImage> {
  return decodePng(await renderPng(figure, options));
}

/** Type of the pixels in the file's header: 2 is RGB, 3 is indexed, 6 is RGBA. */
function colorType(file: Uint8Array): number {
  return file[25]!;
}

describeRenderer({ name: 'renderPng', render: renderPng, decode: draw, pixelSizes: [1, 4], hasGap: true });

describeRenderer({
  name: 'renderPng with a title',
  render: (figure) => renderPng(figure, { createCanvas }),
  decode: (figure, options) => draw(figure, { createCanvas, ...options }),
  pixelSizes: [1, 4],
  hasGap: true,
  hasColorBar: true,
});

describeRenderer({
  name: 'renderPng read by another decoder',
  render: renderPng,
  decode: async (figure, options) => decodeWithSkia(await renderPng(figure, options)),
  pixelSizes: [1, 4],
  hasGap: true,
});

describe('renderPng', () => {
  it('is indexed for viridis, gap and missing values included', async () => {
    const first = await renderPng(figures["the article's first layer"]!);
    expect(colorType(first)).toBe(3);
    expect(first.length).toBeLessThan(25_000);
    expect(colorType(await renderPng(figures['missing values']!))).toBe(3);
  });

  it('has exactly the colours it needs', async () => {
    const file = await renderPng(figures['constant maps']!, { pixelSize: 1 });
    const palette = decodeFastPng(file).palette!;
    expect(palette.map((color) => color.slice(0, 3))).toEqual([
      [255, 255, 255],
      [68, 1, 84],
    ]);
  });

  it('falls back to RGB or RGBA beyond 256 colours', async () => {
    const ramp = figures['a colour map of 256 colours']!;
    expect(colorType(await renderPng(ramp, { background: '#123456' }))).toBe(2);
    expect(colorType(await renderPng(ramp, { background: 'transparent' }))).toBe(6);
  });

  it('draws the title where it is given a canvas, none otherwise', async () => {
    const figure = figures["the article's second layer"]!;
    const plain = await draw(figure, { pixelSize: 4 });
    const titled = await draw(figure, { pixelSize: 4, createCanvas });
    expect(plain.height).toBe(figure.height * 4);
    expect(titled.height).toBeGreaterThan(plain.height + 12);
    const strip = titled.data.subarray(0, (titled.height - plain.height) * titled.width * 4);
    expect(strip.some((byte, at) => at % 4 === 0 && byte < 64)).toBe(true);
    expect(await draw(figure, { pixelSize: 4, createCanvas, title: false })).toEqual(plain);
  });

  it('does not cut off a title wider than the maps', async () => {
    const { width, height, data } = await draw(figures['a long name']!, { createCanvas });
    const isInk = (x: number) =>
      Array.from({ length: height - 20 }, (_, y) => data[(y * width + x) * 4]! < 128).some(Boolean);
    expect(isInk(0) || isInk(width - 1)).toBe(false);
    expect(isInk(Math.floor(width / 2)) || isInk(Math.floor(width / 2) + 2)).toBe(true);
  });

  it('takes colours for title and background', async () => {
    const figure = figures['a single value']!;
    const { data } = await draw(figure, { createCanvas, background: '#203040', color: '#ffff00' });
    expect([...data.subarray(0, 4)]).toEqual([32, 48, 64, 255]);
    expect(data.some((byte, at) => at % 4 === 0 && byte > 200 && data[at + 2]! < 64)).toBe(true);
  });

  it('refuses a title without a canvas and a canvas that is none', async () => {
    const figure = figures['no gap']!;
    await expect(renderPng(figure, { title: true })).rejects.toThrow(
      'createCanvas: expected a function (width, height) => canvas to draw the title with, got undefined',
    );
    await expect(renderPng(figure, { createCanvas: (() => ({})) as never })).rejects.toThrow(
      'createCanvas: expected a canvas, got an object',
    );
  });

  it('says so where the picture is too large', async () => {
    await expect(renderPng(figures['no gap']!, { pixelSize: 1e6 })).rejects.toThrow(
      /^pixelSize: expected one for which/,
    );
  });
});
