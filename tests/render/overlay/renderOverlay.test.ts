import { describe, expect, it } from 'vitest';
import { createFigure } from '../../../src/figure/createFigure';
import { renderOverlay } from '../../../src/render/overlay/renderOverlay';
import { renderRgba } from '../../../src/render/rgba/renderRgba';
import { figures } from '../figures';

/** Black to white, so that a palette index is its own grey. */
const grey = {
  name: 'grey',
  rgba: Uint8Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2)),
};

function figureOf(shape: number[], data: number[], options = {}) {
  const activation = { layerName: 'conv', className: 'Conv2D', shape, data: Float32Array.from(data) };
  return createFigure(activation, { colormap: grey, scaling: [0, 1], ...options });
}

const white = { width: 2, height: 2, data: new Uint8Array(4).fill(255) };
const greysOf = ({ data }: { data: ArrayLike<number> }) => Array.from(data).filter((_, at) => at % 4 === 0);

describe('renderOverlay', () => {
  it('lays each map over the image, half and half', () => {
    const figure = figureOf([1, 1, 2, 2], [0, 1, 1, 0]);
    const { width, height, data } = renderOverlay(figure, { img: white });
    expect([width, height]).toEqual([5, 2]);
    // The first map is 0, 1: black and white over white. Then a gap, and the second map.
    expect(greysOf({ data })).toEqual([128, 255, 0, 255, 128, 128, 255, 0, 255, 128]);
    expect([...data.subarray(8, 12)]).toEqual([0, 0, 0, 0]);
  });

  it('shows the map alone, or the image alone', () => {
    const figure = figureOf([1, 2, 2, 1], [0, 0.25, 0.5, 1]);
    expect(renderOverlay(figure, { img: white, opacity: 1 }).data).toEqual(renderRgba(figure).data);
    expect(greysOf(renderOverlay(figure, { img: white, opacity: 0 }))).toEqual([255, 255, 255, 255]);
  });

  it('enlarges in squares, or between the middles of the cells', () => {
    const figure = figureOf([1, 1, 2, 1], [0, 1]);
    const img = { width: 4, height: 1, data: new Float32Array(4) };
    expect(greysOf(renderOverlay(figure, { img, opacity: 1 }))).toEqual([0, 0, 255, 255]);
    // The middles of the cells are at 1/4 and 3/4, those of the pixels at 1/8, 3/8, 5/8, 7/8: a quarter and three of 255.
    expect(greysOf(renderOverlay(figure, { img, opacity: 1, resampling: 'bilinear' }))).toEqual([
      0, 64, 191, 255,
    ]);
    const rows = figureOf([1, 2, 1, 1], [0, 1]);
    const tall = { width: 1, height: 4, data: new Float32Array(4) };
    expect(greysOf(renderOverlay(rows, { img: tall, opacity: 1, resampling: 'bilinear' }))).toEqual([
      0, 64, 191, 255,
    ]);
    expect(
      greysOf(
        renderOverlay(figure, {
          img: { width: 2, height: 1, data: new Uint8Array(2) },
          opacity: 1,
          pixelSize: 2,
        }),
      ),
    ).toEqual([0, 0, 255, 255, 0, 0, 255, 255]);
  });

  it('blends colours of their own, and enlarges each of the three', () => {
    const figure = figureOf([1, 1, 2, 1], [0, 1]);
    const [tile] = figure.tiles;
    const colored = { ...figure, tiles: [{ ...tile!, rgb: Uint8Array.of(255, 100, 0, 55, 100, 200) }] };
    const img = { width: 4, height: 1, data: new Uint8Array(4) };
    const draw = (options: object) => [...renderOverlay(colored, { img, ...options }).data];
    expect(draw({ opacity: 1 }).slice(4, 12)).toEqual([255, 100, 0, 255, 55, 100, 200, 255]);
    // A quarter and three quarters of the way from 255 to 55, and from 0 to 200.
    expect(draw({ opacity: 1, resampling: 'bilinear' })).toEqual(
      [
        [255, 100, 0, 255],
        [205, 100, 50, 255],
        [105, 100, 150, 255],
        [55, 100, 200, 255],
      ].flat(),
    );
    // Over black, half of each.
    expect(draw({}).slice(0, 4)).toEqual([128, 50, 0, 255]);
    const missing = { ...colored, tiles: [{ ...colored.tiles[0]!, missing: Uint8Array.of(1, 0) }] };
    expect([...renderOverlay(missing, { img, opacity: 1 }).data].slice(4, 12)).toEqual([
      0, 0, 0, 255, 55, 100, 200, 255,
    ]);
  });

  it('shows the bare image where a value is missing', () => {
    const figure = figureOf([1, 1, 2, 1], [Number.NaN, 1]);
    const img = { width: 2, height: 1, data: Uint8Array.of(10, 20) };
    for (const resampling of ['nearest', 'bilinear'] as const) {
      const { data } = renderOverlay(figure, { img, opacity: 1, resampling });
      expect([...data]).toEqual([10, 10, 10, 255, 255, 255, 255, 255]);
    }
  });

  it('takes RGB, RGBA with what is transparent, and 16 bits, and leaves the image as it was', () => {
    const figure = figureOf([1, 1, 1, 1], [1]);
    const rgb = { width: 1, height: 1, data: Uint8Array.of(0, 100, 200) };
    expect([...renderOverlay(figure, { img: rgb }).data]).toEqual([128, 178, 228, 255]);
    expect([...rgb.data]).toEqual([0, 100, 200]);
    const clear = { width: 1, height: 1, data: Uint8ClampedArray.of(9, 9, 9, 0) };
    expect([...renderOverlay(figure, { img: clear }).data]).toEqual([255, 255, 255, 128]);
    const deep = { width: 1, height: 1, data: Uint16Array.of(65535) };
    expect([...renderOverlay(figure, { img: deep, opacity: 0 }).data]).toEqual([255, 255, 255, 255]);
  });

  it('takes a gap and a background', () => {
    const figure = figureOf([1, 1, 1, 2], [0, 1]);
    const img = { width: 1, height: 1, data: Uint8Array.of(0) };
    const { width, data } = renderOverlay(figure, { img, gap: 2, background: '#010203' });
    expect(width).toBe(4);
    expect([...data.subarray(4, 12)]).toEqual([1, 2, 3, 255, 1, 2, 3, 255]);
  });

  it.each([
    [{}, 'img: expected { width, height, data } with a typed array, got undefined'],
    [{ img: { width: 1, height: 1, data: [1] } }, 'img: expected'],
    [{ img: { ...white, width: 0 } }, 'img: expected width and height of at least 1, got 0 and 2'],
    [{ img: { ...white, width: 3 } }, 'img: expected 6, 18 or 24 values for 3 × 2 pixels'],
    [{ img: white, opacity: 2 }, 'opacity: expected a number from 0 to 1, got 2'],
    [{ img: white, opacity: Number.NaN }, 'opacity: expected'],
    [{ img: white, resampling: 'cubic' }, "resampling: expected 'nearest' or 'bilinear', got \"cubic\""],
    [{ img: white, pixelSize: 0 }, 'pixelSize: expected a whole number of at least 1, got 0'],
    [{ img: white, pixelSize: 1e6 }, 'pixelSize: expected one for which the picture has at most'],
    [{ img: white, gap: -1 }, 'gap: expected'],
    [{ img: white, background: 'nothing' }, 'background: expected a colour'],
    [null, 'options: expected an object, got null'],
  ])('refuses %j', (options, message) => {
    expect(() => renderOverlay(figureOf([1, 1, 1, 1], [1]), options as never)).toThrow(message);
  });

  it('refuses what is no figure', () => {
    expect(() => renderOverlay({} as never, { img: white })).toThrow('figure: expected a figure');
  });

  it('refuses floats that are not from 0 to 1, but for what a byte cannot tell', () => {
    const figure = figures['no gap']!;
    const pixel = (value: number) => ({ width: 1, height: 1, data: Float32Array.of(value) });
    for (const value of [0, 1, -0.001, 1.001]) {
      expect(() => renderOverlay(figure, { img: pixel(value) })).not.toThrow();
    }
    for (const value of [1.5, -0.25, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => renderOverlay(figure, { img: pixel(value) })).toThrow(
        new RangeError(`img: expected floats from 0 to 1, got ${value} at 0`),
      );
    }
  });
});
