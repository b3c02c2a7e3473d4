import { describe, expect, it } from 'vitest';
import type { Activation, Figure } from '../../src/common/types';
import { createFigure } from '../../src/figure/createFigure';

function activationOf(shape: number[], data: ArrayLike<number>): Activation {
  return { layerName: 'layer', className: 'Layer', shape, data: Float32Array.from(data) };
}

const count = (length: number) => Float32Array.from({ length }, (_, index) => index);
const rowsOf = ({ tiles }: Figure) => tiles.map(({ indices }) => [...indices]);

describe('createFigure of a vector', () => {
  it('draws a strip of up to 64 values, and says how many there are', () => {
    const figure = createFigure(activationOf([2, 5], [9, 9, 9, 9, 9, 0, 1, 2, 3, 4]), { image: 1 });
    expect(figure).toMatchObject({
      title: 'Layer: layer (5 values)',
      width: 5,
      height: 1,
      columns: 1,
      rows: 1,
    });
    expect(rowsOf(figure)).toEqual([[0, 64, 128, 192, 255]]);
    expect(figure.tiles[0]!.missing).toBeUndefined();
    expect(createFigure(activationOf([1, 64], count(64)))).toMatchObject({ width: 64, height: 1 });
    expect(createFigure(activationOf([3], count(3)), { image: 2 })).toMatchObject({
      width: 1,
      title: 'Layer: layer (1 value)',
    });
  });

  it('draws a block of more, read as text is, whose last cells are left out', () => {
    const figure = createFigure(activationOf([1, 65], count(65)));
    expect(figure).toMatchObject({ title: 'Layer: layer (65 values in rows of 9)', width: 9, height: 8 });
    expect(figure.tiles[0]).toMatchObject({ min: 0, max: 64 });
    expect([...figure.tiles[0]!.indices.subarray(0, 3), figure.tiles[0]!.indices[64]]).toEqual([
      0, 4, 8, 255,
    ]);
    expect([...figure.tiles[0]!.missing!.subarray(62)]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    // Left out even where missing values have a colour.
    const colored = createFigure(activationOf([1, 3], [0, Number.NaN, 2]), {
      vectors: 'block',
      missingColor: 'black',
    });
    expect([...colored.tiles[0]!.indices]).toEqual([0, 255, 254, 0]);
    expect([...colored.tiles[0]!.missing!]).toEqual([0, 0, 0, 1]);
  });

  it('draws the other of the two where asked to', () => {
    expect(createFigure(activationOf([1, 65], count(65)), { vectors: 'strip' })).toMatchObject({
      width: 65,
      height: 1,
    });
    expect(createFigure(activationOf([1, 4], count(4)), { vectors: 'block' })).toMatchObject({
      width: 2,
      height: 2,
    });
  });
});

describe('createFigure of a sequence', () => {
  const sequence = activationOf([1, 3, 2], [0, 10, 1, 20, 4, 40]);

  it('draws a row a channel, all on one scale, as a heat map', () => {
    const figure = createFigure(sequence);
    expect(figure).toMatchObject({
      title: 'Layer: layer (a row a channel)',
      columns: 1,
      rows: 2,
      width: 3,
      height: 2,
      domain: [0, 40],
    });
    expect(rowsOf(figure)).toEqual([
      [0, 6, 25],
      [64, 128, 255],
    ]);
  });

  it('takes channels, a scale a row, a gap', () => {
    const figure = createFigure(sequence, { scaling: 'map', gap: 1, channels: [1] });
    expect(figure).toMatchObject({ title: 'Layer: layer (1 of 2 maps, a row a channel)', height: 1 });
    expect(rowsOf(figure)).toEqual([[0, 85, 255]]);
    expect(figure.domain).toBeUndefined();
  });
});

describe('createFigure of maps of three dimensions', () => {
  // Four slices of 1 × 2, two channels: the second has ten times the values of the first.
  const volume = activationOf(
    [1, 4, 1, 2, 2],
    Array.from({ length: 8 }, (_, index) => [index, index * 10]).flat(),
  );

  it('draws the slice in the middle, or the one chosen, and says which', () => {
    const figure = createFigure(volume);
    expect(figure).toMatchObject({ title: 'Layer: layer (slice 2 of 0 to 3)', width: 5, height: 1 });
    expect(figure.tiles.map(({ channel, slice, min, max }) => [channel, slice, min, max])).toEqual([
      [0, 2, 4, 5],
      [1, 2, 40, 50],
    ]);
    expect(createFigure(volume, { slice: 0 }).tiles[1]).toMatchObject({
      channel: 1,
      slice: 0,
      min: 0,
      max: 10,
    });
  });

  it('draws all slices, a row a channel, on the scale of the channel', () => {
    const figure = createFigure(volume, { slice: 'all', sort: 'maximum' });
    expect(figure).toMatchObject({
      title: 'Layer: layer (by maximum, 4 slices a row)',
      columns: 4,
      rows: 2,
      width: 11,
      height: 3,
    });
    expect(figure.tiles.map(({ channel, slice, x, y }) => [channel, slice, x, y])).toEqual([
      [1, 0, 0, 0],
      [1, 1, 3, 0],
      [1, 2, 6, 0],
      [1, 3, 9, 0],
      [0, 0, 0, 2],
      [0, 1, 3, 2],
      [0, 2, 6, 2],
      [0, 3, 9, 2],
    ]);
    expect(rowsOf(figure).slice(0, 4)).toEqual([
      [0, 36],
      [73, 109],
      [146, 182],
      [219, 255],
    ]);
  });

  it.each([
    [{ slice: 4 }, "slice: expected a whole number from 0 to 3, or 'all', got 4"],
    [{ slice: -1 }, 'slice: expected a whole number of at least 0, got -1'],
    [{ slice: 'each' }, 'slice: expected a whole number of at least 0, got "each"'],
    [{ vectors: 'ring' }, "vectors: expected 'strip' or 'block', got \"ring\""],
  ])('refuses %j', (options, message) => {
    expect(() => createFigure(volume, options as never)).toThrow(message);
  });
});

describe('the choice of maps', () => {
  // Maximum 9, 5, 7; mean 3, 4, 4.25; zeros 2, 0, 1 of 4; variance 13.5, 0.5, 7.1875.
  const maps = [
    [9, 3, 0, 0],
    [5, 4, 4, 3],
    [7, 6, 4, 0],
  ];
  const interleave = (rows: number[][]) => rows[0]!.flatMap((_, pixel) => rows.map((row) => row[pixel]!));
  const activation = activationOf([1, 2, 2, 3], interleave(maps));
  const order = (options: object) => createFigure(activation, options).tiles.map(({ channel }) => channel);

  it('is sorted by what is asked for, the largest first', () => {
    expect(order({ sort: 'index' })).toEqual([0, 1, 2]);
    expect(order({ sort: 'maximum' })).toEqual([0, 2, 1]);
    expect(order({ sort: 'mean' })).toEqual([2, 1, 0]);
    expect(order({ sort: 'variance' })).toEqual([0, 2, 1]);
    expect(order({ sort: 'zeros' })).toEqual([0, 2, 1]);
    const other = activationOf(
      [1, 2, 2, 3],
      interleave([
        [9, 3, 0, 0],
        [5, 4, 4, 9],
        [7, 6, 4, 1],
      ]),
    );
    expect(order({ sort: 'distance', distanceTo: other })).toEqual([1, 2, 0]);
  });

  it('is cut to the first, and always says k of n', () => {
    expect(order({ first: 2 })).toEqual([0, 1]);
    expect(order({ sort: 'mean', first: 1 })).toEqual([2]);
    expect(order({ first: 9 })).toEqual([0, 1, 2]);
    expect(order({ sort: 'mean', channels: [0, 1] })).toEqual([1, 0]);
    expect(createFigure(activation, { sort: 'mean', first: 2 }).title).toBe(
      'Layer: layer (2 of 3 maps, by mean)',
    );
    expect(createFigure(activation, { sort: 'mean' }).title).toBe('Layer: layer (by mean)');
    expect(createFigure(activation, { first: 3 }).title).toBe('Layer: layer');
  });

  it.each([
    [
      { sort: 'size' },
      "sort: expected one of 'index', 'maximum', 'mean', 'variance', 'zeros', 'distance', got \"size\"",
    ],
    [
      { sort: 'distance' },
      "distanceTo: expected the activation of another image for sort 'distance', got undefined",
    ],
    [{ sort: 'mean', distanceTo: activation }, "distanceTo: expected none unless sort is 'distance'"],
    [
      { sort: 'distance', distanceTo: activationOf([1, 2, 1, 3], [0, 0, 0, 0, 0, 0]) },
      'distanceTo: expected the shape [batch, 2, 2, 3], got [1, 2, 1, 3]',
    ],
    [{ first: 0 }, 'first: expected a whole number of at least 1, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => createFigure(activation, options as never)).toThrow(message);
  });
});
