import { describe, expect, it } from 'vitest';
import type { Activation } from '../../../src/common/types';
import { createFigure } from '../../../src/figure/createFigure';
import { renderHtml } from '../../../src/render/html/renderHtml';

const hostile = '<script>alert(1)</script>"&';
const activation: Activation = {
  layerName: 'conv',
  className: 'Conv2D',
  shape: [1, 2, 2, 2],
  // Two maps: 0, 2, 4, 6 and zeros.
  data: Float32Array.of(0, 0, 2, 0, 4, 0, 6, 0),
};
const figure = createFigure(activation);
const img = { width: 2, height: 1, data: Uint8Array.of(0, 255) };

describe('renderHtml', () => {
  it('has no colour bar for each of more than 64 maps, unless asked', () => {
    const data = Float32Array.from({ length: 65 * 2 }, (_, at) => at);
    const many = { layerName: 'many', className: 'Conv2D', shape: [1, 1, 2, 65], data };
    const bars = (figure: ReturnType<typeof createFigure>, svg = {}) =>
      renderHtml([figure], { svg }).includes('text-anchor="end"');
    expect(bars(createFigure(many))).toBe(false);
    expect(bars(createFigure(many), { colorBar: true })).toBe(true);
    expect(bars(createFigure(many, { first: 64 }))).toBe(true);
    expect(bars(createFigure(many, { scaling: 'layer' }))).toBe(true);
  });

  it('writes the figure, what is to be said of its layer, and the layers', () => {
    const html = renderHtml([{ figure, activation }, figure], {
      title: 'A look',
      note: 'Why we looked.',
      img,
      layers: [
        {
          path: 'backbone/conv',
          className: 'Conv2D',
          outputShape: [null, 2, 2, 2],
          parameters: 1234,
          receptiveField: [3, 5],
        },
        { path: 'flat', className: 'Flatten', outputShape: [null, 8], parameters: 0 },
      ],
    });
    for (const text of [
      '<title>A look</title>',
      '<p>Why we looked.</p>',
      '2 figures, made with layerscope',
      'alt="The image that went in, 2 by 1 pixels"',
      '<h2 id="figure-0">Layer: conv</h2>',
      '<dt>Shape</dt><dd>1 × 2 × 2 × 2</dd>',
      '<dt>Minimum</dt><dd>0</dd>',
      '<dt>Maximum</dt><dd>6</dd>',
      '<dt>Mean</dt><dd>1.5</dd>',
      '<dt>Standard deviation</dt><dd>2.179</dd>',
      '<dt>Zeros</dt><dd>62.5 %</dd>',
      '<dt>Dead maps</dt><dd>1 of 2</dd>',
      '<th scope="row">backbone/conv</th><td>Conv2D</td><td class="number">? × 2 × 2 × 2</td><td class="number">1,234</td><td class="number">3 × 5</td>',
    ]) {
      expect(html).toContain(text);
    }
    // One of the two has numbers behind it.
    expect(html.match(/<dl>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it('says what is not finite', () => {
    const odd = {
      ...activation,
      data: Float32Array.of(Number.NaN, 0, 0, 0, 0, 0, 0, Number.POSITIVE_INFINITY),
    };
    const html = renderHtml([{ figure: createFigure(odd), activation: odd }]);
    expect(html).toContain('<dt>NaN</dt><dd>12.5 %</dd>');
    expect(html).toContain('<dt>Infinite</dt><dd>12.5 %</dd>');
  });

  it('says that NaN has been lost, in the heading and the numbers', () => {
    const ill = { ...activation, lostNaN: true as const };
    const html = renderHtml([{ figure: createFigure(ill), activation: ill }]);
    expect(html).toMatch(/<h2 id="figure-0">Layer: [^<]*NaN lost\)<\/h2>/);
    expect(html).toContain('<dt>NaN</dt><dd>went in and came out as numbers</dd>');
    expect(renderHtml([{ figure: createFigure(activation), activation }])).not.toContain('NaN');
  });

  it('writes no name as markup', () => {
    const named = { ...activation, layerName: hostile, className: hostile };
    const html = renderHtml([{ figure: createFigure(named), activation: named }], {
      title: hostile,
      note: hostile,
      layers: [{ path: hostile, className: hostile, outputShape: [1], parameters: 0 }],
    });
    expect(html).not.toContain('<script');
    expect(html.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(5);
  });

  it.each<[unknown, object | null, string]>([
    [7, {}, 'figures: expected an array of figures, got 7'],
    [[figure, {}], {}, 'figures[1]: expected a figure, or an object with one, got an object'],
    [[], null, 'options: expected an object, got null'],
    [[], { title: 1 }, 'title: expected a string, got 1'],
    [[], { note: 1 }, 'note: expected a string, got 1'],
    [[], { layers: 'all' }, 'layers: expected what listLayers returns, got "all"'],
    [[], { img: { width: 1 } }, 'img: expected { width, height, data } with a typed array'],
    [[figure], { svg: { pixelSize: 0 } }, 'pixelSize: expected a whole number of at least 1, got 0'],
  ])('refuses %j and %j', (figures, options, message) => {
    expect(() => renderHtml(figures as never, options as never)).toThrow(message);
  });
});
