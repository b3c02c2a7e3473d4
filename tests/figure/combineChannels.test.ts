import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/common/types';
import { createFigure, type FigureOptions } from '../../src/figure/createFigure';
import { createFigures } from '../../src/figure/createFigures';

const activationOf = (shape: number[], data: number[], layerName = 'conv1'): Activation => {
  return { layerName, className: 'Conv2D', shape, data: Float32Array.from(data) };
};

/** Two images of 1 × 2 pixels and three maps. */
const batch = activationOf([2, 1, 2, 3], [0, 3, 6, 9, 3, 0, 1, 1, 1, 2, 4, 30]);

describe('a figure of combined maps', () => {
  it('is one map, and says of how many', () => {
    const figure = createFigure(batch, { combine: 'mean' });
    expect(figure.title).toBe('Layer: conv1 (mean of 3 maps)');
    expect([figure.columns, figure.rows, figure.width, figure.height]).toEqual([1, 1, 2, 1]);
    const [tile] = figure.tiles;
    expect(tile).toMatchObject({ channel: 0, label: 'mean of 3 maps', min: 3, max: 4 });
    expect([...tile!.indices]).toEqual([0, 255]);
  });

  it('takes some channels, each once', () => {
    const figure = createFigure(batch, { combine: 'sum', channels: [2, 0, 2] });
    expect(figure.title).toBe('Layer: conv1 (sum of 2 of 3 maps)');
    expect(figure.tiles[0]).toMatchObject({ min: 6, max: 9 });
    expect(createFigure(batch, { combine: 'sum', channels: [2, 1, 0] }).title).toBe(
      'Layer: conv1 (sum of 3 maps)',
    );
    expect(createFigure(activationOf([1, 1, 1, 1], [3]), { combine: 'sum' }).title).toBe(
      'Layer: conv1 (sum of 1 map)',
    );
  });

  it('shows the image asked for', () => {
    expect(createFigure(batch, { combine: 'maximum', image: 1 }).tiles[0]).toMatchObject({ min: 1, max: 30 });
    expect(createFigure(batch, { combine: 'maximum', image: 0 }).tiles[0]).toMatchObject({ min: 6, max: 9 });
  });

  it('is scaled by the combined values, of the batch and of all layers too', () => {
    const options = { combine: 'mean' } as const;
    expect(createFigure(batch, { ...options, scaling: 'layer' }).domain).toEqual([3, 4]);
    // The means are 3, 4 in one image and 1, 12 in the other.
    expect(createFigure(batch, { ...options, scaling: 'batch' }).domain).toEqual([1, 12]);
    const other = activationOf([2, 1, 1, 2], [-8, -2, 100, 0]);
    const figures = createFigures([batch, other], { ...options, scaling: 'all', image: 'all' });
    expect(figures.map(({ figure }) => figure.domain)).toEqual(new Array(4).fill([-5, 50]));
    expect(figures.map(({ figure }) => figure.title)).toEqual([
      'Layer: conv1 (mean of 3 maps), image 0',
      'Layer: conv1 (mean of 3 maps), image 1',
      'Layer: conv1 (mean of 2 maps), image 0',
      'Layer: conv1 (mean of 2 maps), image 1',
    ]);
  });

  it('is missing where no map has a finite value', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const figure = createFigure(activationOf([1, 1, 3, 2], [nan, infinity, nan, 2, 4, 6]), {
      combine: 'mean',
    });
    expect([...figure.tiles[0]!.missing!]).toEqual([1, 0, 0]);
    expect(figure.tiles[0]).toMatchObject({ min: 2, max: 5 });
  });

  it('is a row of a sequence, and a slice or a row of slices of a volume', () => {
    const sequence = createFigure(activationOf([1, 3, 2], [1, 3, 5, 7, 0, 0]), { combine: 'mean' });
    expect(sequence.title).toBe('Layer: conv1 (mean of 2 maps)');
    expect([sequence.width, sequence.height, sequence.tiles[0]!.max]).toEqual([3, 1, 6]);
    const volume = activationOf([1, 2, 1, 1, 2], [1, 3, 10, 30]);
    const slice = createFigure(volume, { combine: 'sum' });
    expect(slice.title).toBe('Layer: conv1 (sum of 2 maps, slice 1 of 0 to 1)');
    expect(slice.tiles[0]).toMatchObject({ slice: 1, min: 40 });
    const slices = createFigure(volume, { combine: 'sum', slice: 'all' });
    expect(slices.tiles.map(({ indices }) => [...indices])).toEqual([[0], [255]]);
    expect(slices.title).toBe('Layer: conv1 (sum of 2 maps, 2 slices a row)');
  });

  it('takes what says nothing of each map', () => {
    expect(createFigure(batch, { combine: 'sum', sort: 'index', markDead: false, columns: 3 }).columns).toBe(
      1,
    );
    expect(createFigure(batch, { combine: 'sum', title: 'Mine' }).title).toBe('Mine');
    expect(createFigure(batch, { combine: undefined }).tiles).toHaveLength(3);
  });

  it.each<[FigureOptions | object, string]>([
    [{ combine: 'max' }, `combine: expected 'mean', 'maximum' or 'sum', got "max"`],
    [{ combine: null }, `combine: expected 'mean', 'maximum' or 'sum', got null`],
    [{ combine: 'mean', channels: [] }, 'channels: expected an array of at least one'],
    [{ combine: 'mean', channels: [3] }, 'channels[0]: expected a whole number from 0 to 2, got 3'],
    [
      { combine: 'mean', sort: 'mean' },
      'sort: expected none beside combine, which leaves one map, got "mean" and combine "mean"',
    ],
    [
      { combine: 'sum', first: 2 },
      'first: expected none beside combine, which leaves one map, got 2 and combine "sum"',
    ],
    [{ combine: 'sum', markDead: true }, 'markDead: expected none beside combine'],
    [{ combine: 'sum', distanceTo: batch }, 'distanceTo: expected none beside combine'],
  ])('refuses %j', (options, message) => {
    expect(() => createFigure(batch, options)).toThrow(message);
  });

  it('refuses a layer without maps, and names it', () => {
    expect(() =>
      createFigure(activationOf([1, 10], Array(10).fill(0), 'dense'), { combine: 'mean' }),
    ).toThrow(
      new RangeError(
        'combine: expected a layer of maps or sequences, got the shape [1, 10] of the layer "dense"',
      ),
    );
  });
});
