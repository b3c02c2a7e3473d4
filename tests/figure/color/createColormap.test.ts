import { interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import { describe, expect, it } from 'vitest';
import { createColormap } from '../../../src/figure/color/createColormap';
import { viridis } from '../../../src/figure/color/viridis';
import { readBytes } from '../../reference';

describe('viridis', () => {
  it("is d3's, colour by colour", () => {
    for (let index = 0; index < 256; index++) {
      const hex = [...viridis.rgba.subarray(index * 4, index * 4 + 3)].map((byte) =>
        byte.toString(16).padStart(2, '0'),
      );
      expect(`#${hex.join('')}`).toBe(interpolateViridis(index / 255));
      expect(viridis.rgba[index * 4 + 3]).toBe(255);
    }
  });

  it("is within 1 of matplotlib's", () => {
    const table = readBytes('viridis.lut');
    expect(table).toHaveLength(1024);
    const largest = Math.max(...table.map((byte, at) => Math.abs(byte - viridis.rgba[at]!)));
    expect(largest).toBe(1);
  });
});

describe('createColormap', () => {
  it('takes the colours of a function from 0 to 1', () => {
    const grey = createColormap('grey', (t) => `rgb(${t * 255}, ${t * 255}, ${t * 255})`);
    expect(grey.name).toBe('grey');
    expect([...grey.rgba.subarray(0, 8)]).toEqual([0, 0, 0, 255, 1, 1, 1, 255]);
    expect([...grey.rgba.subarray(1020)]).toEqual([255, 255, 255, 255]);
  });

  it('reads both spellings of d3', () => {
    expect(interpolateRdBu(0)).toMatch(/^rgb/);
    expect([...createColormap('RdBu', interpolateRdBu).rgba.subarray(0, 4)]).toEqual([103, 0, 31, 255]);
  });

  it('refuses what is no function and what returns no colour', () => {
    expect(() => createColormap('x', 'viridis' as never)).toThrow(
      'interpolate: expected a function from 0..1 to a colour, got string',
    );
    expect(() => createColormap('x', () => 'beige-grey')).toThrow('interpolate(0/255): expected a colour');
  });
});
