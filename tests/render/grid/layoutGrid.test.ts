import { describe, expect, it } from 'vitest';
import { choosePixelSize, layoutGrid, requirePixelSize } from '../../../src/render/grid/layoutGrid';
import { figureOf } from './tileOf';

describe('layoutGrid', () => {
  it('leaves the tiles where the figure has them', () => {
    const figure = figureOf(3, 2);
    const grid = layoutGrid(figure);
    expect(grid).toMatchObject({ width: 7, height: 5 });
    expect(grid.tiles.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [4, 0],
      [0, 3],
    ]);
    expect(grid.tiles.map(({ tile }) => tile)).toEqual(figure.tiles);
  });

  it.each([
    [
      0,
      6,
      4,
      [
        [0, 0],
        [3, 0],
        [0, 2],
      ],
    ],
    [
      1,
      7,
      5,
      [
        [0, 0],
        [4, 0],
        [0, 3],
      ],
    ],
    [
      5,
      11,
      9,
      [
        [0, 0],
        [8, 0],
        [0, 7],
      ],
    ],
  ])('puts a gap of %i between the tiles and none around them', (gap, width, height, positions) => {
    const grid = layoutGrid(figureOf(3, 2), gap);
    expect([grid.width, grid.height]).toEqual([width, height]);
    expect(grid.tiles.map(({ x, y }) => [x, y])).toEqual(positions);
  });

  it('has no gap to put around a single tile', () => {
    expect(layoutGrid(figureOf(1, 1), 9)).toMatchObject({ width: 3, height: 2 });
  });

  it('leaves the figure as it was', () => {
    const figure = figureOf(3, 2);
    layoutGrid(figure, 4);
    expect(figure).toEqual(figureOf(3, 2));
  });

  it.each([
    [-1, '-1'],
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    ['1', '"1"'],
    [null, 'null'],
  ])('refuses %j as gap', (gap, got) => {
    expect(() => layoutGrid(figureOf(1, 1), gap as never)).toThrow(
      new RangeError(`gap: expected a whole number of at least 0, got ${got}`),
    );
  });

  it.each([
    ['null', null, ': expected a figure as createFigure returns it, got null'],
    ['nothing', undefined, ': expected a figure as createFigure returns it, got undefined'],
    ['a text', 'figure', ': expected a figure as createFigure returns it, got "figure"'],
    ['an object', {}, ': expected a figure as createFigure returns it, got an object'],
    ['an array', [figureOf(1, 1)], ': expected a figure as createFigure returns it, got an array'],
    ['no maps', { ...figureOf(1, 1), tiles: [] }, '.tiles: expected at least one, got none'],
    [
      'too few colours',
      { ...figureOf(1, 1), colormap: { name: 'short', rgba: new Uint8Array(1023) } },
      '.colormap.rgba: expected 1024 bytes, got 1023',
    ],
    [
      'a narrow grid',
      { ...figureOf(1, 1), width: 2 },
      '.tiles[0]: expected x, y, width and height inside of 2 × 2, got 0, 0, 3, 2',
    ],
    [
      'a huge grid',
      { ...figureOf(1, 1), width: 1e9 },
      '.width: expected at most 268435456 cells in all, got 1000000000 × 2',
    ],
    [
      'too many columns',
      { ...figureOf(1, 1), columns: 9 },
      '.columns: expected as many columns and rows as 1 maps have, got 9 × 1',
    ],
  ])('refuses %s as a figure', (_, figure, message) => {
    expect(() => layoutGrid(figure as never)).toThrow(new TypeError(`figure${message}`));
  });
});

describe('choosePixelSize', () => {
  it.each([
    [1, 1, 16],
    [56, 10, 16],
    [57, 10, 15],
    [215, 53, 4],
    [10, 300, 3],
    [900, 900, 1],
    [5000, 1, 1],
  ])('shows a grid of %i × %i cells at %i pixels a cell', (width, height, pixelSize) => {
    expect(choosePixelSize({ width, height, tiles: [] })).toBe(pixelSize);
  });
});

describe('requirePixelSize', () => {
  const grid = { width: 16, height: 16, tiles: [] };

  it('takes what makes up to 2 ** 28 pixels', () => {
    expect(() => requirePixelSize(grid, 1)).not.toThrow();
    expect(() => requirePixelSize(grid, 1024)).not.toThrow();
    expect(() => requirePixelSize(grid, 1025)).toThrow(
      new RangeError(
        'pixelSize: expected one for which the picture has at most 268435456 pixels, got 1025, which makes it 16400 × 16400',
      ),
    );
  });

  it.each([0, -1, 2.5, Number.NaN, '4'])('refuses %j', (pixelSize) => {
    expect(() => requirePixelSize(grid, pixelSize as never)).toThrow(
      /^pixelSize: expected a whole number of at least 1, got /,
    );
  });
});
