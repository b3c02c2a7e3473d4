import { describe, expect, it } from 'vitest';
import { chooseColumns } from '../../src/figure/chooseColumns';
import { createFigure } from '../../src/figure/createFigure';
import { randomSource } from '../training/random';

function figureOf(shape: number[], options = {}) {
  const size = shape.reduce((product, each) => product * each, 1);
  const data = Float32Array.from({ length: size }, (_, at) => at % 7);
  return createFigure({ layerName: 'conv', className: 'Conv2D', shape, data }, options);
}

describe('chooseColumns', () => {
  it.each([
    // Up to 64 as the article has them.
    [1, 26, 26, 1, 8],
    [64, 1, 9, 0, 8],
    // 36 · 7 + 35 = 287 cells to both sides.
    [1280, 7, 7, 1, 36],
    [100, 4, 4, 1, 10],
    // 9 × 8 is as nearly square as 8 × 9: the wider.
    [65, 5, 5, 0, 9],
    // 4 · 40 + 3 = 163 cells across, 32 · 4 + 31 = 159 down.
    [128, 40, 4, 1, 4],
    // 33 · 4 + 32 = 164 across, 4 · 40 + 3 = 163 down.
    [128, 4, 40, 1, 33],
    // Without gaps 10 × 10; gaps as large as the maps change nothing, since they are so both ways.
    [100, 3, 3, 3, 10],
  ])('%i maps of %i × %i with a gap of %i: %i columns', (count, width, height, gap, columns) => {
    expect(chooseColumns(count, width, height, gap)).toBe(columns);
  });

  it.each(Array.from({ length: 50 }, (_, seed) => seed))('leaves no squarer figure: %i', (seed) => {
    const { whole } = randomSource(seed);
    const [count, width, height, gap] = [whole(65, 700), whole(1, 30), whole(1, 30), whole(0, 5)];
    const stretchOf = (columns: number) => {
      const sides = [
        columns * width + (columns - 1) * gap,
        Math.ceil(count / columns) * height + (Math.ceil(count / columns) - 1) * gap,
      ];
      return Math.max(...sides) / Math.min(...sides);
    };
    const chosen = stretchOf(chooseColumns(count, width, height, gap));
    for (let columns = 1; columns <= count; columns++)
      expect(stretchOf(columns)).toBeGreaterThanOrEqual(chosen);
  });
});

describe('a figure of many maps', () => {
  it('is about square, row by row by channel', () => {
    const figure = figureOf([1, 7, 7, 1280]);
    expect([figure.columns, figure.rows, figure.width, figure.height]).toEqual([36, 36, 287, 287]);
    expect(figure.tiles.slice(35, 38).map(({ x, y, channel }) => [x, y, channel])).toEqual([
      [280, 0, 35],
      [0, 8, 36],
      [8, 8, 37],
    ]);
  });

  it('goes by how many are drawn, with the gap that they have', () => {
    expect(figureOf([1, 2, 2, 200], { first: 64 }).columns).toBe(8);
    expect(figureOf([1, 2, 2, 200], { first: 100 }).columns).toBe(10);
    expect(figureOf([1, 1, 3, 65], { gap: 0 }).columns).toBe(5);
    // 8 · 3 + 7 · 40 = 304 across, 9 · 1 + 8 · 40 = 329 down.
    expect(figureOf([1, 1, 3, 65], { gap: 40 }).columns).toBe(8);
  });

  it('has as many columns as are asked for', () => {
    expect(figureOf([1, 2, 2, 200], { columns: 8 })).toMatchObject({ columns: 8, rows: 25 });
    expect(figureOf([1, 2, 2, 64])).toMatchObject({ columns: 8, rows: 8 });
  });

  it('keeps a row a channel of sequences and of slices', () => {
    expect(figureOf([1, 5, 100])).toMatchObject({ columns: 1, rows: 100 });
    expect(figureOf([1, 3, 2, 2, 100], { slice: 'all' })).toMatchObject({ columns: 3, rows: 100 });
    expect(figureOf([1, 3, 2, 2, 100])).toMatchObject({ columns: 10, rows: 10 });
  });
});
