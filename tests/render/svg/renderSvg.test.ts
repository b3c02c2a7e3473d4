import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import type { Figure, RgbaImage } from '../../../src/common/types';
import { type RenderSvgOptions, renderSvg } from '../../../src/render/svg/renderSvg';
import { describeRenderer } from '../conformance';
import { figures } from '../figures';

function rasterize(svg: string): RgbaImage {
  const image = new Resvg(svg, { font: { loadSystemFonts: true } }).render();
  const data = new Uint8ClampedArray(image.pixels);
  return { width: image.width, height: image.height, data };
}

function draw(figure: Figure, options: RenderSvgOptions): RgbaImage {
  return rasterize(renderSvg(figure, options));
}

for (const pixels of ['image', 'path'] as const) {
  describeRenderer({
    name: `renderSvg, pixels: '${pixels}'`,
    render: (figure) => renderSvg(figure, { pixels }),
    decode: async (figure, options) => draw(figure, { pixels, ...options }),
    pixelSizes: [1, 3],
    hasGap: true,
    hasColorBar: true,
  });
}

describe('renderSvg', () => {
  it('names the picture for screen readers, and every map', () => {
    const svg = renderSvg(figures['missing values']!);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Layer: conv1"/);
    expect(svg).toContain('<title>Layer: conv1</title>');
    expect(svg).toContain('<title>channel 0: 0 to 4</title>');
    expect(svg).toContain('<title>channel 1: 1 to 6</title>');
    expect(renderSvg(figures['nothing but missing values']!)).toContain(
      '<title>channel 0: no finite value</title>',
    );
  });

  it('names what a tile shows where that is no channel', () => {
    const figure = figures['a single value']!;
    const labelled = { ...figure, tiles: [{ ...figure.tiles[0]!, label: 'mean of <3> maps' }] };
    expect(renderSvg(labelled)).toContain('<title>mean of &lt;3&gt; maps: 3 to 3</title>');
  });

  it('embeds the values as one small PNG, not smoothed', () => {
    const svg = renderSvg(figures["the article's first layer"]!);
    expect(svg.match(/<image /g)).toHaveLength(1);
    expect(svg).toContain('image-rendering: pixelated');
    expect(svg.length).toBeLessThan(25_000);
  });

  it('draws paths without an image', () => {
    const svg = renderSvg(figures['constant maps']!, { pixels: 'path', pixelSize: 4 });
    expect(svg).not.toContain('<image');
    expect(svg).toContain('<path fill="#440154" d="M0 0h8v4h-8zM12 0h8v4h-8z"/>');
  });

  it.each(['title', 'no title'])('a hostile layer name does no harm: %s', (which) => {
    const svg = renderSvg(figures['a hostile name']!, { title: which === 'title' });
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/"\s*onload/);
    expect(svg).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; &quot;onload=x &#39; &amp; ]]&gt; \u{FFFD}\u{FFFD}[2J \u{FFFD}',
    );
    expect(rasterize(svg).width).toBeGreaterThan(0);
  });

  it('cannot be broken by the font either', () => {
    expect(renderSvg(figures['no gap']!, { fontFamily: '"><script>' })).toContain(
      'font-family="&quot;&gt;&lt;script&gt;"',
    );
  });

  it('makes room for a title wider than the maps', () => {
    const figure = figures['a long name']!;
    const { width, height, data } = draw(figure, {
      fontFamily: 'DejaVu Sans',
      color: '#ff0000',
      background: '#00ff00',
    });
    const redAt = (x: number) => {
      for (let y = 0; y < height - 20; y++) if (data[(y * width + x) * 4]! > 40) return true;
      return false;
    };
    expect(redAt(0) || redAt(width - 1)).toBe(false);
  });

  it('leaves out the title or the background', () => {
    const figure = figures['no gap']!;
    const svg = renderSvg(figure, { title: false, background: 'transparent', pixelSize: 2 });
    expect(svg).not.toContain('<text');
    expect(svg).not.toContain('fill-rule');
    expect(svg).toContain(`viewBox="0 0 ${figure.width * 2} ${figure.height * 2}"`);
  });

  it('keeps missing values transparent on any background', () => {
    const { width, data } = draw(figures['nothing but missing values']!, { title: false, pixelSize: 5 });
    expect(width).toBe(10);
    expect(data.every((byte) => byte === 0)).toBe(true);
  });

  it('refuses another kind of pixels', () => {
    expect(() => renderSvg(figures['no gap']!, { pixels: 'rect' as never })).toThrow(
      "pixels: expected 'image' or 'path', got \"rect\"",
    );
  });
});
