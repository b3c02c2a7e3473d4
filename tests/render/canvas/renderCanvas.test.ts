import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '../../../src/common/types';
import { renderCanvas } from '../../../src/render/canvas/renderCanvas';
import { renderRgba } from '../../../src/render/rgba/renderRgba';
import { describeRenderer } from '../conformance';
import { figures } from '../figures';

function readBack(canvas: Canvas): RgbaImage {
  const { width, height } = canvas;
  return {
    width,
    height,
    data: new Uint8ClampedArray(canvas.getContext('2d').getImageData(0, 0, width, height).data),
  };
}

describeRenderer({
  name: 'renderCanvas',
  render: (figure) => renderCanvas(figure, { createCanvas }),
  decode: async (figure, options) => readBack(renderCanvas(figure, { createCanvas, ...options })),
  pixelSizes: [1, 4],
  hasGap: true,
  hasColorBar: true,
});

describe('renderCanvas', () => {
  const figure = figures["the article's second layer"]!;

  it('draws into the canvas given and sets its size', () => {
    const canvas = createCanvas(7, 7);
    const drawn = renderCanvas(figure, { canvas, pixelSize: 3, title: false });
    expect(drawn).toBe(canvas);
    expect([canvas.width, canvas.height]).toEqual([figure.width * 3, figure.height * 3]);
    expect(readBack(canvas)).toEqual(renderRgba(figure, { pixelSize: 3, background: 'white' }));
  });

  it('clears what the canvas held', () => {
    const canvas = createCanvas(50, 50);
    canvas.getContext('2d').fillRect(0, 0, 50, 50);
    const small = figures['nothing but missing values']!;
    renderCanvas(small, { canvas, title: false, background: 'transparent' });
    expect(readBack(canvas).data.every((byte) => byte === 0)).toBe(true);
  });

  it('draws the title unless told not to', () => {
    const titled = renderCanvas(figure, { createCanvas, pixelSize: 2 });
    const plain = renderCanvas(figure, { createCanvas, pixelSize: 2, title: false });
    expect(titled.height - plain.height).toBeGreaterThan(12);
    expect(readBack(titled).data.some((byte, at) => at % 4 === 0 && byte < 64)).toBe(true);
  });

  it.each([
    [1, 4],
    [2, 8],
    [1.5, 6],
    [1.25, 5],
    [0.1, 1],
  ])('at %d device pixels a pixel draws %d for 4', (devicePixelRatio, cell) => {
    const canvas = renderCanvas(figure, {
      createCanvas,
      pixelSize: 4,
      devicePixelRatio,
      title: false,
    });
    expect([canvas.width, canvas.height]).toEqual([figure.width * cell, figure.height * cell]);
    expect(readBack(canvas)).toEqual(renderRgba(figure, { pixelSize: cell, background: 'white' }));
  });

  it('enlarges the title with the device pixels', () => {
    const heightOfTitle = (devicePixelRatio: number) =>
      renderCanvas(figure, { createCanvas, pixelSize: 4, devicePixelRatio }).height -
      figure.height * 4 * devicePixelRatio;
    expect(heightOfTitle(3) / heightOfTitle(1)).toBeCloseTo(3, 0);
  });

  it.each([
    [{ devicePixelRatio: 0 }, 'devicePixelRatio: expected a number above 0 and at most 1000, got 0'],
    [
      { devicePixelRatio: Number.NaN },
      'devicePixelRatio: expected a number above 0 and at most 1000, got NaN',
    ],
    [
      { pixelSize: 200 },
      'pixelSize: expected one for which the picture fits a canvas of 16384 × 16384 pixels, got 200',
    ],
    [{ background: 'nope' }, 'background: expected a colour'],
    [{ color: 'nope' }, 'color: expected a colour'],
    [{ canvas: {} as never }, 'canvas: expected a canvas, got an object'],
    [{ canvas: { getContext: () => null } as never }, 'canvas: expected a canvas with a 2D context'],
    [{ createCanvas: 7 as never }, 'createCanvas: expected a function'],
  ])('refuses %j', (options, message) => {
    expect(() => renderCanvas(figure, { createCanvas, ...options })).toThrow(message);
  });

  it('changes nothing where it throws', () => {
    const canvas = createCanvas(7, 7);
    expect(() => renderCanvas(figure, { canvas, pixelSize: 400 })).toThrow(RangeError);
    expect([canvas.width, canvas.height]).toEqual([7, 7]);
  });

  it('says what to hand in where there is no canvas', () => {
    expect(() => renderCanvas(figure)).toThrow(
      'createCanvas: expected a function (width, height) => canvas, such as createCanvas of @napi-rs/canvas, got undefined',
    );
  });

  it('makes an OffscreenCanvas in a worker', () => {
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        constructor(width: number, height: number) {
          // biome-ignore lint/correctness/noConstructorReturn: stands in for a class of the browser
          return createCanvas(width, height);
        }
      },
    );
    expect(renderCanvas(figure, { pixelSize: 1, title: false }).width).toBe(figure.width);
    vi.unstubAllGlobals();
  });
});
