import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '../../../src/common/types';
import { renderCanvas } from '../../../src/render/canvas/renderCanvas';
import { renderRgba } from '../../../src/render/rgba/renderRgba';
import { describeRenderer } from '../conformance';
import { figures } from '../figures';

function readBack(canvas: HTMLCanvasElement | OffscreenCanvas): RgbaImage {
  const { width, height } = canvas;
  const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height);
  return { width, height, data: new Uint8ClampedArray(data) };
}

describeRenderer({
  name: 'renderCanvas in a browser',
  render: (figure) => renderCanvas(figure),
  decode: async (figure, options) => readBack(renderCanvas(figure, { ...options, devicePixelRatio: 1 })),
  pixelSizes: [1, 4],
  hasGap: true,
  hasColorBar: true,
});

describeRenderer({
  name: 'renderCanvas on an OffscreenCanvas',
  render: (figure) => renderCanvas(figure, { canvas: new OffscreenCanvas(1, 1) }),
  decode: async (figure, options) =>
    readBack(renderCanvas(figure, { ...options, canvas: new OffscreenCanvas(1, 1), devicePixelRatio: 1 })),
  pixelSizes: [1, 3],
  hasGap: true,
  hasColorBar: true,
});

describe('renderCanvas in a browser', () => {
  const figure = figures["the article's second layer"]!;

  it('makes an element as large on the page as pixelSize says, in device pixels', () => {
    const canvas = renderCanvas(figure, { pixelSize: 4, devicePixelRatio: 2, title: false });
    expect(canvas).toBeInstanceOf(HTMLCanvasElement);
    expect([canvas.width, canvas.height]).toEqual([95 * 8, 47 * 8]);
    expect([canvas.style.width, canvas.style.height]).toEqual([`${95 * 4}px`, `${47 * 4}px`]);
    expect(readBack(canvas)).toEqual(renderRgba(figure, { pixelSize: 8, background: 'white' }));
  });

  it('draws into a canvas of the page', () => {
    const canvas = document.createElement('canvas');
    expect(renderCanvas(figure, { canvas })).toBe(canvas);
    expect(canvas.height).toBeGreaterThan(figure.height * 9);
  });

  it('refuses a canvas that has a context of another kind', () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('bitmaprenderer');
    expect(() => renderCanvas(figure, { canvas })).toThrow('canvas: expected a canvas with a 2D context');
  });
});
