import { describe, expect, it } from 'vitest';
import type { Colormap, Figure } from '../../../src/common/types';
import { renderRgba } from '../../../src/render/rgba/renderRgba';
import { describeRenderer } from '../conformance';

/** Index i is the colour (i, 0, 255 - i). */
const colormap: Colormap = {
  name: 'literal',
  rgba: Uint8Array.from({ length: 1024 }, (_, at) => [at >> 2, 0, 255 - (at >> 2), 255][at % 4]!),
};

/** Two maps of two values and one cell between them; the last value is missing. */
const figure: Figure = {
  title: 'Layer: literal',
  width: 5,
  height: 1,
  columns: 2,
  rows: 1,
  colormap,
  tiles: [
    { x: 0, y: 0, width: 2, height: 1, channel: 0, min: 0, max: 1, indices: Uint8Array.of(0, 255) },
    {
      x: 3,
      y: 0,
      width: 2,
      height: 1,
      channel: 1,
      min: 0,
      max: 0,
      indices: Uint8Array.of(7, 0),
      missing: Uint8Array.of(0, 1),
    },
  ],
};

describe('renderRgba', () => {
  it('draws one pixel a value, gaps and missing values transparent', () => {
    const { width, height, data } = renderRgba(figure);
    expect([width, height]).toEqual([5, 1]);
    expect(data).toBeInstanceOf(Uint8ClampedArray);
    expect([...data]).toEqual([0, 0, 255, 255, 255, 0, 0, 255, 0, 0, 0, 0, 7, 0, 248, 255, 0, 0, 0, 0]);
  });

  it('paints the gaps, never the missing values', () => {
    const { data } = renderRgba(figure, { background: '#102030' });
    expect([...data.subarray(8)]).toEqual([16, 32, 48, 255, 7, 0, 248, 255, 0, 0, 0, 0]);
  });

  it('enlarges by whole numbers', () => {
    const { width, height, data } = renderRgba(figure, { pixelSize: 2, gap: 0 });
    expect([width, height]).toEqual([8, 2]);
    const row = [
      0, 0, 255, 255, 0, 0, 255, 255, 255, 0, 0, 255, 255, 0, 0, 255, 7, 0, 248, 255, 7, 0, 248, 255, 0, 0, 0,
      0, 0, 0, 0, 0,
    ];
    expect([...data]).toEqual([...row, ...row]);
  });

  it('refuses a background that is no colour', () => {
    expect(() => renderRgba(figure, { background: 'sunny' })).toThrow(
      'background: expected a colour such as',
    );
  });

  it('says so where the picture is too large for memory', () => {
    expect(() => renderRgba(figure, { pixelSize: 1e6 })).toThrow(
      /^pixelSize: expected one for which the picture has at most/,
    );
  });
});

describeRenderer({
  name: 'renderRgba',
  render: renderRgba,
  decode: async (drawn, options) => renderRgba(drawn, { background: 'white', ...options }),
  pixelSizes: [1, 3],
  hasGap: true,
});
