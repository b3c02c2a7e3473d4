import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/common/types';
import { createFigure, type FigureOptions } from '../../../src/figure/createFigure';
import { layoutColorBars } from '../../../src/render/grid/layoutColorBars';
import { layoutGrid } from '../../../src/render/grid/layoutGrid';

/** Maps of 10 × 4 in one channel each, running from 0 to 1, 2, 3, … */
function ramps(channels: number, options: FigureOptions = {}): Figure {
  const data = Float32Array.from(
    { length: 40 * channels },
    (_, at) => (Math.floor(at / channels) / 39) * ((at % channels) + 1),
  );
  return createFigure({ layerName: 'c', className: 'Conv2D', shape: [1, 4, 10, channels], data }, options);
}

function layout(figure: Figure, pixelSize: number, scale?: number) {
  return layoutColorBars(figure, layoutGrid(figure), pixelSize, scale);
}

describe('layoutColorBars, one scale', () => {
  const shared = ramps(2, { scaling: [-1, 3] });

  it('places one bar below the grid, as wide as it', () => {
    // 21 cells of 10 pixels; text of 11 pixels; 11 pixels of space, then 9 of bar.
    const { grid, width, height, fontSize, boxes, labels } = layout(shared, 10);
    expect(grid).toEqual(layoutGrid(shared));
    expect([width, height, fontSize]).toEqual([210, 40 + 11 + 9 + 3 + 11 + 4, 11]);
    const strip = boxes.filter(({ index }) => index !== undefined);
    expect(strip).toHaveLength(70); // three pixels each
    expect(strip[0]).toEqual({ x: 0, y: 51, width: 3, height: 9, index: 0 });
    expect(strip[1]).toEqual({ x: 3, y: 51, width: 3, height: 9, index: 4 });
    expect(strip.at(-1)).toEqual({ x: 207, y: 51, width: 3, height: 9, index: 255 });
    expect(labels).toEqual([
      { text: '-1', x: 0, y: 74, anchor: 'left' },
      { text: '3', x: 210, y: 74, anchor: 'right' },
      { text: '0', x: 53, y: 74, anchor: 'center' },
      { text: '2', x: 158, y: 74, anchor: 'center' },
    ]);
    const ticks = boxes.filter(({ index }) => index === undefined);
    expect(ticks).toEqual([53, 158].map((x) => ({ x, y: 60, width: 1, height: 3 })));
  });

  it('uses the entries of the palette that are the scale', () => {
    const { boxes } = layout({ ...shared, gradient: [1, 3] }, 10);
    expect(boxes.filter(({ index }) => index !== undefined)).toEqual([
      { x: 0, y: 51, width: 70, height: 9, index: 1 },
      { x: 70, y: 51, width: 70, height: 9, index: 2 },
      { x: 140, y: 51, width: 70, height: 9, index: 3 },
    ]);
  });

  it('is wider than a narrow grid, which stays in the middle', () => {
    // '-1000' and '1000': 9 characters of 0.62 · 11 pixels and twice 11 between.
    const { width, boxes, labels } = layout(ramps(1, { scaling: [-1000, 1000] }), 1);
    expect(width).toBe(Math.ceil(9 * 0.62 * 11 + 22));
    expect(boxes[0]!.x).toBe(Math.ceil((10 - width) / 2));
    expect(labels.map(({ text }) => text)).toEqual(['-1000', '1000']); // no room for 0
    expect(boxes.filter(({ index }) => index === undefined)).toHaveLength(1); // but its mark
  });

  it('has decades on a logarithmic scale', () => {
    const { labels } = layout({ ...ramps(2, { scaling: [0.1, 1000] }), scale: 'log' }, 20);
    expect(labels.map(({ text, x }) => [text, x])).toEqual([
      ['0.1', 0],
      ['1000', 420],
      ['1', 105],
      ['10', 210],
      ['100', 315],
    ]);
  });

  it('states a single value, and that there is none', () => {
    const one = layout({ ...shared, domain: [5, 5] }, 10);
    expect(one.boxes).toEqual([{ x: 0, y: 51, width: 210, height: 9, index: 0 }]);
    expect(one.labels).toEqual([{ text: '5', x: 105, y: 74, anchor: 'center' }]);
    const none = layout({ ...shared, domain: [Number.NaN, Number.NaN] }, 10);
    expect(none.boxes).toEqual([]);
    expect(none.labels).toEqual([{ text: 'no value', x: 105, y: 74, anchor: 'center' }]);
  });

  it('is twice as large with two device pixels a pixel', () => {
    const [one, two] = [layout(shared, 10), layout(shared, 20, 2)];
    expect([two.width, two.fontSize]).toEqual([one.width * 2, one.fontSize * 2]);
    expect(two.labels.map(({ text }) => text)).toEqual(one.labels.map(({ text }) => text));
  });
});

describe('layoutColorBars, a scale a map', () => {
  it('places a bar below each map and makes room for it in whole cells', () => {
    // Maps of 100 × 40 pixels with 10 between; text of 10 pixels: 3 of space, 4 of bar, 10 and 4 of text.
    const { grid, width, height, fontSize, boxes, labels } = layout(ramps(4, { columns: 2 }), 10);
    expect(fontSize).toBe(10);
    expect(grid.tiles.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [11, 0],
      [0, 7],
      [11, 7],
    ]);
    expect([grid.width, grid.height]).toEqual([21, 11]);
    expect([width, height]).toEqual([210, 110 + 21]);
    expect(boxes).toHaveLength(4 * 33);
    expect(boxes[0]).toEqual({ x: 0, y: 43, width: 3, height: 4, index: 0 });
    expect(boxes[32]).toEqual({ x: 97, y: 43, width: 3, height: 4, index: 255 });
    expect(boxes[33]).toMatchObject({ x: 110, y: 43, index: 0 });
    expect(boxes[66]).toMatchObject({ x: 0, y: 113, index: 0 });
    expect(labels.slice(2, 6)).toEqual([
      { text: '0', x: 110, y: 57, anchor: 'left' },
      { text: '2', x: 210, y: 57, anchor: 'right' },
      { text: '0', x: 0, y: 127, anchor: 'left' },
      { text: '3', x: 100, y: 127, anchor: 'right' },
    ]);
  });

  it('says what the colours of a map stand for where these are not its ends', () => {
    const { tiles, ...rest } = ramps(1);
    const figure: Figure = { ...rest, tiles: [{ ...tiles[0]!, domain: [-2, 0.5] }] };
    expect(layout(figure, 10).labels.map(({ text }) => text)).toEqual(['-2', '0.5']);
  });

  it('writes fewer digits where that makes them fit', () => {
    const { tiles, ...rest } = ramps(1);
    const withRange = { ...rest, tiles: [{ ...tiles[0]!, min: -0.123456, max: 1.23456 }] };
    const textsAt = (pixelSize: number) => layout(withRange, pixelSize).labels.map(({ text }) => text);
    // '-0.1235' and '1.235' take 14 · 6.2 pixels with what lies between, '-0.12' and '1.2' take 10 · 6.2.
    expect(textsAt(9)).toEqual(['-0.1235', '1.235']);
    expect(textsAt(8)).toEqual(['-0.123', '1.23']);
    expect(textsAt(7)).toEqual(['-0.12', '1.2']);
  });

  it('moves maps apart that are too narrow for their text, each in the middle above it', () => {
    const { grid, width, labels } = layout(ramps(3, { gap: 0 }), 1);
    // '0', '3' and the space of two: 4 · 6.2 = 24.8, so 25 pixels below maps of 10, and 10 between.
    expect(grid.tiles.map(({ x }) => x)).toEqual([8, 43, 78]);
    expect(width).toBe(96);
    expect(labels.map(({ x }) => x)).toEqual([1, 26, 36, 61, 71, 96]);
  });

  it('has one number for a constant map, and words and no bar for one without a value', () => {
    const values = Float32Array.of(7, Number.NaN, 7, Number.NaN);
    const figure = createFigure({ layerName: 'c', className: 'Conv2D', shape: [1, 1, 2, 2], data: values });
    const { boxes, labels } = layout(figure, 40);
    expect(labels.map(({ text, anchor }) => [text, anchor])).toEqual([
      ['7', 'center'],
      ['no value', 'center'],
    ]);
    expect(boxes).toEqual([{ x: 0, y: 43, width: 80, height: 4, index: 0 }]);
  });

  it('refuses what would not fit in memory', () => {
    const { tiles, ...rest } = ramps(1);
    const many = { ...rest, width: 100_000 * 10, columns: 100_000, tiles: new Array(100_000).fill(tiles[0]) };
    expect(() => layout({ ...many, height: 4, rows: 1 }, 30)).toThrow(/^pixelSize: expected one for which/);
  });
});
