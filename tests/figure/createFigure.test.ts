import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/common/types';
import { viridis } from '../../src/figure/color/viridis';
import { createFigure } from '../../src/figure/createFigure';
import { IMAGE_COUNT, ofImage, readBytes, readFloats, referenceShape } from '../reference';

function activationOf(shape: number[], data: number[] | Float32Array): Activation {
  return { layerName: 'conv1', className: 'Conv2D', shape, data: Float32Array.from(data) };
}

/** One map. */
function mapOf(values: number[]) {
  return createFigure(activationOf([1, 1, values.length, 1], values)).tiles[0]!;
}

describe('createFigure', () => {
  it('scales by the range of the map and takes floor(t · 256), 255 where t is 1', () => {
    const tile = mapOf([0, 1, 2, 3, 4]);
    expect([...tile.indices]).toEqual([0, 64, 128, 192, 255]);
    expect([tile.min, tile.max]).toEqual([0, 4]);
    expect(tile.missing).toBeUndefined();
    expect([...mapOf([-1, 0, 1]).indices]).toEqual([0, 128, 255]);
    expect([...mapOf([0, 255, 256]).indices]).toEqual([0, 255, 255]);
    expect([...mapOf([0, 254.999, 256]).indices]).toEqual([0, 254, 255]);
  });

  it('scales every map by itself, channels being interleaved', () => {
    const { tiles } = createFigure(activationOf([1, 2, 2, 2], [0, 10, 1, 20, 2, 30, 4, 50]));
    expect(tiles.map((tile) => [...tile.indices])).toEqual([
      [0, 64, 128, 255],
      [0, 64, 128, 255],
    ]);
    expect(tiles.map(({ min, max, channel }) => [min, max, channel])).toEqual([
      [0, 4, 0],
      [10, 50, 1],
    ]);
  });

  it('gives a constant map index 0 everywhere', () => {
    expect([...mapOf([7, 7, 7]).indices]).toEqual([0, 0, 0]);
    expect(mapOf([7, 7, 7]).missing).toBeUndefined();
    expect([...mapOf([-0, 0]).indices]).toEqual([0, 0]);
  });

  it('scales all maps by the range of the layer, which the figure states', () => {
    const activation = activationOf([1, 1, 2, 3], [0, 4, Number.NaN, 8, 2, Number.POSITIVE_INFINITY]);
    const figure = createFigure(activation, { scaling: 'layer' });
    expect(figure.tiles.map(({ indices }) => [...indices])).toEqual([
      [0, 255],
      [128, 64],
      [0, 0],
    ]);
    expect(figure.domain).toEqual([0, 8]);
    expect(figure.tiles.map(({ min, max }) => [min, max])).toEqual([
      [0, 8],
      [2, 4],
      [Number.NaN, Number.NaN],
    ]);
    // Those of the whole layer, whatever is drawn of it.
    expect(createFigure(activation, { scaling: 'layer', channels: [1] }).domain).toEqual([0, 8]);
    expect(createFigure(activation).domain).toBeUndefined();
  });

  it('scales all maps by a fixed range and gives what lies beyond it the colours at its ends', () => {
    const figure = createFigure(activationOf([1, 1, 5, 1], [-3, -1, 0, 1, 3]), { scaling: [-1, 1] });
    expect([...figure.tiles[0]!.indices]).toEqual([0, 0, 128, 255, 255]);
    expect(figure.domain).toEqual([-1, 1]);
    expect([figure.tiles[0]!.min, figure.tiles[0]!.max]).toEqual([-3, 3]);
    const gaps = createFigure(activationOf([1, 1, 3, 1], [Number.NaN, -9, 9]), { scaling: [-1, 1] });
    expect([...gaps.tiles[0]!.indices]).toEqual([0, 0, 255]);
    expect([...gaps.tiles[0]!.missing!]).toEqual([1, 0, 0]);
  });

  it('draws the channels asked for, in their order, and says how many there are', () => {
    const activation = activationOf([1, 1, 1, 4], [0, 1, 2, 3]);
    const figure = createFigure(activation, { channels: [3, 0], columns: 1 });
    expect(figure.tiles.map(({ channel, x, y, min }) => [channel, x, y, min])).toEqual([
      [3, 0, 0, 3],
      [0, 0, 2, 0],
    ]);
    expect(figure.title).toBe('Layer: conv1 (2 of 4 maps)');
    expect([figure.columns, figure.rows, figure.width, figure.height]).toEqual([1, 2, 1, 3]);
    expect(createFigure(activation, { channels: [3, 2, 1, 0] }).title).toBe('Layer: conv1');
  });

  it.each([
    [
      { scaling: 'layers' },
      `scaling: expected 'map', 'layer', 'batch', 'all', a range [lowest, highest] or an object, got "layers"`,
    ],
    [{ scaling: [1] }, 'scaling: expected a range [lowest, highest], got [1]'],
    [{ scaling: [0, Number.NaN] }, 'got [0, NaN]'],
    [{ scaling: [2, 2] }, 'scaling: expected a range whose lowest value is below its highest, got [2, 2]'],
    [{ scaling: null }, 'scaling: expected'],
    [{ channels: [] }, 'channels: expected an array of at least one'],
    [{ channels: 3 }, "channels: expected an array of at least one channel's number, got 3"],
    [{ channels: [0, 4] }, 'channels[1]: expected a whole number from 0 to 3, got 4'],
    [{ channels: [0.5] }, 'channels[0]: expected a whole number from 0 to 3, got 0.5'],
    // biome-ignore lint/suspicious/noSparseArray: what a caller may write by mistake.
    [{ channels: [1, , 2] }, 'channels[1]: expected a whole number from 0 to 3, got undefined'],
    [{ channels: new Array(5) }, 'channels[0]: expected a whole number from 0 to 3, got undefined'],
    [{ channels: ['1'] }, 'channels[0]: expected a whole number from 0 to 3, got "1"'],
  ])('refuses %j', (options, message) => {
    const activation = activationOf([1, 1, 1, 4], [0, 1, 2, 3]);
    expect(() => createFigure(activation, options as never)).toThrow(message);
  });

  it('leaves NaN and the infinities out of the range and marks them', () => {
    const tile = mapOf([Number.NaN, 0, Number.POSITIVE_INFINITY, 2, 4, Number.NEGATIVE_INFINITY]);
    expect([tile.min, tile.max]).toEqual([0, 4]);
    expect([...tile.indices]).toEqual([0, 0, 0, 128, 255, 0]);
    expect([...tile.missing!]).toEqual([1, 0, 1, 0, 0, 1]);
  });

  it('marks everything in a map without a finite value', () => {
    const tile = mapOf([Number.NaN, Number.NaN]);
    expect([tile.min, tile.max]).toEqual([Number.NaN, Number.NaN]);
    expect([...tile.indices]).toEqual([0, 0]);
    expect([...tile.missing!]).toEqual([1, 1]);
  });

  it('a NaN in one map does not touch the others', () => {
    const { tiles } = createFigure(activationOf([1, 1, 2, 2], [Number.NaN, 0, 1, 2]));
    expect(tiles[1]).toMatchObject({ min: 0, max: 2 });
    expect(tiles[1]!.missing).toBeUndefined();
  });

  it('does not overflow for the largest floats', () => {
    expect([...mapOf([-3.4e38, 0, 3.4e38]).indices]).toEqual([0, 128, 255]);
    expect([...mapOf([0, 1e-45, 2.8e-45]).indices]).toEqual([0, 128, 255]);
  });

  it('lays out eight columns, row by row, with a gap of one', () => {
    const figure = createFigure(activationOf([1, 2, 3, 10], new Float32Array(60)));
    expect(figure).toMatchObject({
      columns: 8,
      rows: 2,
      width: 8 * 3 + 7,
      height: 2 * 2 + 1,
      title: 'Layer: conv1',
    });
    expect(figure.colormap).toBe(viridis);
    expect(figure.tiles.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [4, 0],
      [8, 0],
      [12, 0],
      [16, 0],
      [20, 0],
      [24, 0],
      [28, 0],
      [0, 3],
      [4, 3],
    ]);
    expect(figure.tiles.map(({ channel }) => channel)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('takes columns, gap, title, colour map and image', () => {
    const colormap = { name: 'grey', rgba: new Uint8Array(1024) };
    const activation = activationOf([2, 1, 2, 3], [0, 0, 0, 0, 0, 0, 5, 5, 5, 9, 9, 9]);
    const figure = createFigure(activation, { columns: 2, gap: 0, title: 'edges', colormap, image: 1 });
    expect(figure).toMatchObject({ columns: 2, rows: 2, width: 4, height: 2, title: 'edges', colormap });
    expect(figure.tiles.map(({ min, max }) => [min, max])).toEqual([
      [5, 9],
      [5, 9],
      [5, 9],
    ]);
  });

  it('has no more columns than maps', () => {
    expect(createFigure(activationOf([1, 4, 4, 3], new Float32Array(48)))).toMatchObject({
      columns: 3,
      rows: 1,
      width: 14,
      height: 4,
    });
  });

  it('refuses a gap that would make the picture larger than memory', () => {
    expect(() => createFigure(activationOf([1, 1, 1, 2], [0, 0]), { gap: 1e9 })).toThrow(
      'gap: expected one for which the picture has at most 268435456 pixels, got 1000000000, which makes it 1000000002 × 1',
    );
  });

  it('leaves the activation as it was and shares nothing with it', () => {
    const activation = activationOf([1, 1, 2, 1], [0, 1]);
    const { indices } = createFigure(activation).tiles[0]!;
    indices.fill(9);
    expect([...activation.data]).toEqual([0, 1]);
  });

  it.each(['conv1', 'conv2'])("gives matplotlib's palette index for every reference value of %s", (layer) => {
    const table = readBytes('viridis.lut');
    const indicesOf = new Map<string, number[]>();
    for (let index = 0; index < 256; index++) {
      const color = table.slice(index * 4, index * 4 + 4).join();
      indicesOf.set(color, [...(indicesOf.get(color) ?? []), index]);
    }
    const colors = readBytes(`viridis.${layer}`);
    const [, height, width, channels] = referenceShape(layer) as [number, number, number, number];
    const values = readFloats(layer);
    let compared = 0;
    const wrong: string[] = [];
    for (let image = 0; image < IMAGE_COUNT; image++) {
      const { tiles } = createFigure(activationOf([1, height, width, channels], ofImage(values, image)));
      const expected = ofImage(colors, image);
      tiles.forEach((tile, channel) => {
        tile.indices.forEach((index, pixel) => {
          const at = (channel * height * width + pixel) * 4;
          const color = expected.slice(at, at + 4).join();
          compared++;
          // Two pairs of matplotlib's 256 colours are the same colour.
          if (!indicesOf.get(color)!.includes(index))
            wrong.push(`image ${image} channel ${channel} pixel ${pixel}`);
        });
      });
    }
    expect(wrong).toEqual([]);
    expect(compared).toBe({ conv1: 14 * 26 * 26 * 16, conv2: 14 * 11 * 11 * 32 }[layer]);
  });

  it.each([
    [{ columns: 0 }, 'columns: expected a whole number of at least 1, got 0'],
    [{ columns: -8 }, 'columns: expected a whole number of at least 1, got -8'],
    [{ columns: 2.5 }, 'columns: expected a whole number of at least 1, got 2.5'],
    [{ gap: -1 }, 'gap: expected a whole number of at least 0, got -1'],
    [{ image: 1 }, "image: expected an index below the batch's 1, got 1"],
    [{ title: 3 as never }, 'title: expected a string, got 3'],
    [
      { colormap: 'viridis' as never },
      'colormap: expected { name, rgba } with 256 × 4 bytes in a Uint8Array, such as schemeColormap(\'Inferno\') of layerscope/colormaps, got "viridis"',
    ],
    [
      { colormap: { name: 'x', rgba: new Uint8Array(12) } },
      'colormap: expected { name, rgba } with 256 × 4 bytes in a Uint8Array, got 12 bytes',
    ],
  ])('refuses the options %j', (options, message) => {
    expect(() => createFigure(activationOf([1, 1, 1, 1], [0]), options)).toThrow(message);
  });

  it.each([
    [
      [],
      new Float32Array(1),
      'such as [batch, height, width, channels], got a single number from layer "conv1", which has no map',
    ],
    [
      [1, 1, 1, 1, 1, 1],
      new Float32Array(1),
      'activation: expected a shape of 1 to 5 sizes, got [1, 1, 1, 1, 1, 1] from layer "conv1"',
    ],
    [[1, 0, 2, 3], new Float32Array(0), 'each at least 1, got [1, 0, 2, 3]'],
    [[1, 2, 2, 1], new Float32Array(3), 'activation: expected 4 values for the shape [1, 2, 2, 1], got 3'],
  ])('refuses the shape %j', (shape, data, message) => {
    expect(() => createFigure({ layerName: 'conv1', className: 'Conv2D', shape, data })).toThrow(RangeError);
    expect(() => createFigure({ layerName: 'conv1', className: 'Conv2D', shape, data })).toThrow(message);
  });

  it.each([null, undefined, 'conv1', {}, { shape: [1, 1, 1, 1], data: [0] }])(
    'refuses %j as an activation',
    (value) => {
      expect(() => createFigure(value as never)).toThrow(TypeError);
      expect(() => createFigure(value as never)).toThrow(/^activation: expected \{ layerName/);
    },
  );
});
