import { describe, expect, it } from 'vitest';
import { createFigure } from '../../../src/figure/createFigure';
import { fitColumns } from '../../../src/render/terminal/fitColumns';
import { renderTerminal } from '../../../src/render/terminal/renderTerminal';

function figureOf(count: number, size: number, options = {}) {
  const data = new Float32Array(size * size * count).map((_, at) => at % 5);
  return createFigure({ layerName: 'a', className: '', shape: [1, size, size, count], data }, options);
}

describe('fitColumns', () => {
  it('leaves each of many maps four characters', () => {
    const figure = figureOf(1280, 7);
    expect(figure.columns).toBe(36);
    // 16 maps of 4 and 15 gaps are 79 characters; 16 · 80 are 1280.
    expect(fitColumns(figure, 80)).toMatchObject({ columns: 16, rows: 80, tiles: figure.tiles });
    expect(fitColumns(figure, 3)).toMatchObject({ columns: 1, rows: 1280 });
  });

  it('leaves a figure as it is that has room, or maps narrower than that', () => {
    const [wide, narrow] = [figureOf(128, 14), figureOf(100, 1)];
    expect(fitColumns(wide, 80)).toBe(wide);
    expect(fitColumns(narrow, 19)).toBe(narrow);
    expect(fitColumns(narrow, 18).columns).toBe(9);
  });

  it('leaves few maps as they are, however narrow they become', () => {
    const few = figureOf(64, 26, { columns: 32 });
    expect(fitColumns(few, 32)).toBe(few);
  });

  it('goes for text, captions too', () => {
    const text = renderTerminal(figureOf(200, 9), { width: 24, color: false, colorBar: true });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(24);
    // Each map is constant, and its value stands below it.
    expect(text).toContain('\n 0    1    2    3    4\n');
  });
});
