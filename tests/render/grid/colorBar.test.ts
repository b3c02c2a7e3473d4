import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/common/types';
import { createFigure } from '../../../src/figure/createFigure';
import { renderCanvas } from '../../../src/render/canvas/renderCanvas';
import { layoutGrid } from '../../../src/render/grid/layoutGrid';
import { layoutPicture } from '../../../src/render/grid/layoutPicture';
import { renderPng } from '../../../src/render/png/renderPng';
import { renderSvg } from '../../../src/render/svg/renderSvg';
import { renderTerminal } from '../../../src/render/terminal/renderTerminal';
import { figures } from '../figures';

/** `count` maps of values between -`reach` and `reach`, with all digits that there can be. */
function noise(height: number, width: number, count: number, reach: number, columns = 8): Figure {
  let state = 1;
  const data = Float32Array.from({ length: height * width * count }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647 - 0.5) * 2 * reach;
  });
  return createFigure(
    { layerName: 'c', className: 'Conv2D', shape: [1, height, width, count], data },
    { columns },
  );
}

const own: Readonly<Record<string, Figure>> = {
  '16 maps of 26 × 26': noise(26, 26, 16, 0.1),
  '32 maps of 11 × 11': noise(11, 11, 32, 1),
  'a vector': noise(1, 10, 1, 100),
  'single values in a row': noise(1, 1, 10, 1e-6, 10),
  'one map of 224 × 224': noise(224, 224, 1, 12345),
  '64 maps of 7 × 7 in a row': noise(7, 7, 64, 1e7, 64),
  'tall maps': noise(40, 1, 12, 1e-20),
  ...figures,
};
const shared = Object.fromEntries(
  Object.entries(own).map(([label, figure]) => [label, { ...figure, domain: [-0.06789, 1.2345] as const }]),
);

/** What an SVG has as text that is no title and no tooltip. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
}

describe('colour bars', () => {
  it('are not drawn unless asked for', async () => {
    const figure = shared['a vector']!;
    expect(renderSvg(figure, { colorBar: false })).toBe(renderSvg(figure));
    expect(renderTerminal(figure, { colorBar: false })).toBe(renderTerminal(figure));
    expect(await renderPng(figure, { colorBar: false })).toEqual(await renderPng(figure));
    expect(textsOf(renderSvg(figure))).toEqual(['Layer: c']);
  });

  it('state the domain once where maps share it', () => {
    for (const [label, figure] of Object.entries(shared)) {
      const texts = textsOf(renderSvg(figure, { colorBar: true, title: false }));
      expect(texts.slice(0, 2), label).toEqual(['-0.06789', '1.234']);
      const between = texts.slice(2).map(Number);
      expect(between.every((value, at) => value > (between[at - 1] ?? -0.06789) && value < 1.2345)).toBe(
        true,
      );
    }
  });

  it('state the range of each map where it has its own', () => {
    const [first, second] = (own['32 maps of 11 × 11'] as Figure).tiles as [
      Figure['tiles'][number],
      Figure['tiles'][number],
    ];
    const texts = textsOf(renderSvg(own['32 maps of 11 × 11']!, { colorBar: true, title: false }));
    expect(texts).toHaveLength(64);
    [first.min, first.max, second.min, second.max].forEach((value, at) => {
      expect(Number(texts[at])).toBeCloseTo(value, 3);
    });
    expect(textsOf(renderSvg(figures['constant maps']!, { colorBar: true, title: false }))).toEqual([
      '5',
      '0',
    ]);
    expect(
      textsOf(renderSvg(figures['nothing but missing values']!, { colorBar: true, title: false })),
    ).toEqual(['no value']);
  });

  it.each(['sans-serif', 'serif', 'monospace'])('have text that fits, in %s', (font) => {
    const context = createCanvas(1, 1).getContext('2d');
    for (const [label, figure] of Object.entries({ ...own, ...shared })) {
      for (const pixelSize of [1, 9]) {
        const layout = layoutPicture(figure, layoutGrid(figure), pixelSize, true);
        context.font = `${layout.fontSize}px ${font}`;
        const spans = layout.labels
          .map(({ text, x, y, anchor }) => {
            const width = context.measureText(text).width;
            const left = x - { left: 0, center: width / 2, right: width }[anchor];
            return { text, y, left: left + layout.gridX, right: left + width + layout.gridX };
          })
          .sort((one, other) => one.y - other.y || one.left - other.left);
        spans.forEach((span, at) => {
          const next = spans[at + 1];
          const fits =
            span.left >= 0 &&
            span.right <= layout.width &&
            layout.gridY + span.y + layout.fontSize * 0.25 <= layout.height &&
            !(next && next.y === span.y && next.left < span.right + layout.fontSize * 0.4);
          expect(fits, `${label}, ${pixelSize} pixels a value: ${span.text}`).toBe(true);
        });
      }
    }
  });

  it('run through the palette from left to right', () => {
    for (const figure of [shared['32 maps of 11 × 11']!, own['16 maps of 26 × 26']!]) {
      const canvas = renderCanvas(figure, { createCanvas, title: false, colorBar: true, pixelSize: 9 });
      const { boxes, gridX } = layoutPicture(figure, layoutGrid(figure), 9, true);
      const [{ y, height }] = boxes as [(typeof boxes)[number]];
      const row = canvas.getContext('2d').getImageData(gridX, y + height - 1, canvas.width, 1).data;
      const { rgba } = figure.colormap;
      const seen: number[] = [];
      for (let x = 0; x < (figure.domain ? canvas.width : 26 * 9); x++) {
        const color = [...row.subarray(x * 4, x * 4 + 3)];
        let index = seen.at(-1) ?? 0;
        while (index < 256 && color.some((byte, at) => byte !== rgba[index * 4 + at])) index++;
        seen.push(index);
      }
      expect(seen[0]).toBe(0);
      expect(seen.at(-1)).toBe(255);
      expect(new Set(seen).size).toBeGreaterThan(64);
    }
  });

  it('have text in the colour of the title', () => {
    const svg = renderSvg(own['a vector']!, { colorBar: true, color: '#ff0000' });
    expect(svg).toMatch(/<g direction="ltr"[^>]* fill="#ff0000">/);
    const canvas = renderCanvas(own['a vector']!, {
      createCanvas,
      title: false,
      colorBar: true,
      background: '#000000',
      color: '#ff0000',
    });
    const { data } = canvas.getContext('2d').getImageData(0, 24, canvas.width, canvas.height - 24);
    expect(data.some((byte, at) => at % 4 === 0 && byte > 200 && data[at + 1] === 0)).toBe(true);
  });

  it('take a canvas for a PNG', async () => {
    const figure = own['a vector']!;
    await expect(renderPng(figure, { colorBar: true, title: false })).rejects.toThrow(
      'createCanvas: expected a function (width, height) => canvas to draw the colour bar with, got undefined',
    );
    const bytes = await renderPng(figure, { colorBar: true, title: false, createCanvas });
    expect(bytes.length).toBeGreaterThan((await renderPng(figure)).length);
  });

  it('are as large on a screen of two device pixels a pixel', () => {
    const sizeAt = (devicePixelRatio: number) => {
      const { width, height } = renderCanvas(own['32 maps of 11 × 11']!, {
        createCanvas,
        colorBar: true,
        devicePixelRatio,
      });
      return [width / devicePixelRatio, height / devicePixelRatio];
    };
    expect(sizeAt(2)[0]).toBe(sizeAt(1)[0]);
    expect(sizeAt(2)[1]).toBeCloseTo(sizeAt(1)[1]!, -1);
  });
});

describe('renderTerminal with colour bars', () => {
  const plain = (figure: Figure, width: number) =>
    renderTerminal(figure, { width, colorBar: true, color: false });

  it.each([40, 80, 200])('fits %i characters', (width) => {
    for (const figure of Object.values({ ...own, ...shared })) {
      if (figure.columns > width) continue;
      for (const line of renderTerminal(figure, { width, colorBar: true }).split('\n')) {
        expect(line.replace(/\u001b\[[\d;]*m/g, '').length).toBeLessThanOrEqual(width);
      }
    }
  });

  it('writes a scale as the last line', () => {
    const lines = plain(shared['32 maps of 11 × 11']!, 40).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('-0.06789    ..::---==++***##%%@@@ 1.234');
    expect(lines.at(-1)).toHaveLength(40 - 1);
  });

  it('writes ranges below each row of maps, or that there is no room for them', () => {
    const figure = createFigure(
      {
        layerName: 'c',
        className: 'Conv2D',
        shape: [1, 1, 3, 2],
        data: Float32Array.of(0, 1, 4, 9, 8, 5),
      },
      { columns: 1 },
    );
    // Maps of three characters: 0 to 8 and 1 to 9, an empty line between them.
    expect(renderTerminal(figure, { color: false, colorBar: true, title: false })).toBe(
      ' +@\n0 8\n\n @+\n1 9\n',
    );
    const last = plain(own['32 maps of 11 × 11']!, 40).trimEnd().split('\n').at(-1);
    expect(last!.trim()).toBe('Each map has its own range.');
  });

  it('draws the maps as it does without', () => {
    const figure = own['16 maps of 26 × 26']!;
    const bare = renderTerminal(figure, { width: 220, color: false }).split('\n');
    const lines = plain(figure, 220).split('\n');
    expect(lines.slice(0, 14)).toEqual(bare.slice(0, 14));
    expect(lines[14]).toMatch(/^-0\.\d+ +0\.\d+ /);
    expect(lines[15]).toBe('');
  });
});
