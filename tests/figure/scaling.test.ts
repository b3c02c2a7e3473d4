import { describe, expect, it } from 'vitest';
import type { Activation } from '../../src/common/types';
import { diverging } from '../../src/figure/color/diverging';
import { viridis } from '../../src/figure/color/viridis';
import { createFigure } from '../../src/figure/createFigure';
import { measureRange } from '../../src/figure/measureRange';

function activationOf(shape: number[], data: number[]): Activation {
  return { layerName: 'layer', className: 'Conv2D', shape, data: Float32Array.from(data) };
}

/** One map of one row. */
const rowOf = (values: number[], options: object) =>
  createFigure(activationOf([1, 1, values.length, 1], values), options);

describe('the scaling of a figure', () => {
  it('goes from percentile to percentile, as numpy finds them', () => {
    // numpy.percentile(values, [10, 90]) is [-1.9, 13]; matplotlib's Normalize(-1.9, 13, clip=True) and floor(t · 256).
    const { tiles, domain } = rowOf([-4, -1, 0, 1, 2, 3, 10, 20], { scaling: { percentiles: [10, 90] } });
    expect([...tiles[0]!.indices]).toEqual([0, 15, 32, 49, 67, 84, 204, 255]);
    expect(domain).toBeUndefined();
    const layer = rowOf([-4, -1, 0, 1, 2, 3, 10, 20], { scaling: { per: 'layer', percentiles: [10, 90] } });
    expect(layer.domain![0]).toBeCloseTo(-1.9, 12);
    expect(layer.domain![1]).toBeCloseTo(13, 12);
    // The range of a tile is that of its values, whatever the colours stand for.
    expect(tiles[0]).toMatchObject({ min: -4, max: 20 });
    expect(tiles[0]!.domain![0]).toBeCloseTo(-1.9, 12);
    expect(tiles[0]!.domain![1]).toBeCloseTo(13, 12);
    expect(layer.tiles[0]!.domain).toBeUndefined();
  });

  it('finds percentiles of the largest and the smallest floats', () => {
    const largest = (2 - 2 ** -23) * 2 ** 127;
    const whole = rowOf([-largest, largest], { scaling: { percentiles: [0, 100] } });
    expect(whole.tiles[0]).toMatchObject({ min: -largest, max: largest });
    expect([...whole.tiles[0]!.indices]).toEqual([0, 255]);
    // numpy.percentile(numpy.float64([-largest, largest]), [25, 75])
    const half = rowOf([-largest, largest], { scaling: { per: 'layer', percentiles: [25, 75] } });
    expect(half.domain).toEqual([-largest / 2, largest / 2]);
    expect([...half.tiles[0]!.indices]).toEqual([0, 255]);
    const smallest = 2 ** -149;
    const small = rowOf([0, smallest, 2 * smallest], { scaling: { per: 'layer', percentiles: [0, 100] } });
    expect(small.domain).toEqual([0, 2 * smallest]);
    expect([...small.tiles[0]!.indices]).toEqual([0, 128, 255]);
  });

  it('leaves nothing outside the percentiles 0 and 100, though 0.1 and 0.7 are no floats', () => {
    const { tiles } = rowOf([0.1, 0.4, 0.7], {
      scaling: { percentiles: [0, 100] },
      belowColor: 'black',
      aboveColor: 'white',
    });
    // 0 is the colour below the range, 255 that above it.
    expect([...tiles[0]!.indices]).toEqual([1, 128, 254]);
  });

  it('goes as far to both sides of a centre', () => {
    // matplotlib's CenteredNorm(vcenter=0): t = (v + 3) / 6.
    const figure = rowOf([-1, 0, 3], { scaling: { per: 'layer', center: 0 }, colormap: diverging });
    expect([...figure.tiles[0]!.indices]).toEqual([85, 128, 255]);
    expect(figure.domain).toEqual([-3, 3]);
    expect(rowOf([1, 2, 4], { scaling: { per: 'layer', center: 2 } }).domain).toEqual([0, 4]);
    expect([...rowOf([0, 0], { scaling: { center: 0 } }).tiles[0]!.indices]).toEqual([0, 0]);
  });

  it('follows the logarithm, what has none being below', () => {
    // matplotlib's LogNorm(1, 1000): t = ln v / ln 1000.
    const figure = rowOf([0, 1, 10, 100, 1000, -5], { scaling: { log: true }, belowColor: 'black' });
    expect([...figure.tiles[0]!.indices]).toEqual([0, 1, 86, 171, 255, 0]);
    expect(figure.scale).toBe('log');
    const plain = rowOf([0, 1, 10, 100, 1000, -5], { scaling: { log: true } });
    expect([...plain.tiles[0]!.indices]).toEqual([0, 0, 85, 170, 255, 0]);
    expect(rowOf([1, 10, 100], { scaling: { log: true, range: [1, 1e4] } }).domain).toEqual([1, 1e4]);
    expect(rowOf([1, 10, 100], {}).scale).toBeUndefined();
  });

  it('leaves maps without a value that counts in the first colour', () => {
    expect([...rowOf([0, -1], { scaling: { log: true } }).tiles[0]!.indices]).toEqual([0, 0]);
    const nothing = rowOf([Number.NaN, Number.POSITIVE_INFINITY], { scaling: { percentiles: [1, 99] } });
    expect([...nothing.tiles[0]!.missing!]).toEqual([1, 1]);
  });

  it('is that of the layer in one image, or in all of the batch', () => {
    const batch = activationOf([2, 1, 2, 2], [0, 1, 2, 3, 4, 5, 6, 9]);
    expect(createFigure(batch, { scaling: 'layer' }).domain).toEqual([0, 3]);
    expect(createFigure(batch, { scaling: { per: 'layer' }, image: 1 }).domain).toEqual([4, 9]);
    expect(createFigure(batch, { scaling: 'batch' }).domain).toEqual([0, 9]);
    expect(createFigure(batch, { scaling: { per: 'batch', percentiles: [0, 50] } }).domain).toEqual([0, 3.5]);
    expect(createFigure(batch, { scaling: { per: 'all', center: 0 } }).domain).toEqual([-9, 9]);
    expect(createFigure(batch, { scaling: { per: 'map' } })).toEqual(createFigure(batch));
    expect(createFigure(batch, { scaling: { range: [0, 4] } })).toEqual(
      createFigure(batch, { scaling: [0, 4] }),
    );
  });

  it.each([
    [{ per: 'image' }, "scaling.per: expected one of 'map', 'layer', 'batch', 'all', got \"image\""],
    [
      { range: [1, 0] },
      'scaling.range: expected a range whose lowest value is below its highest, got [1, 0]',
    ],
    [{ range: 3 }, 'scaling.range: expected a range [lowest, highest], got 3'],
    [{ range: [0, 1], per: 'map' }, 'scaling.per: expected none beside a fixed range, got "map"'],
    [{ range: [0, 1], center: 0 }, 'scaling.center: expected none beside a fixed range, got 0'],
    [
      { range: [0, 1], log: true },
      'scaling.range: expected numbers above 0 for a logarithmic scale, got [0, 1]',
    ],
    [{ percentiles: 5 }, 'scaling.percentiles: expected [low, high], got 5'],
    [
      { percentiles: Float32Array.of(1, 99) },
      'scaling.percentiles: expected [low, high], got a Float32Array',
    ],
    // biome-ignore lint/suspicious/noSparseArray: what a caller may write by mistake.
    [{ percentiles: [, 99] }, 'scaling.percentiles: expected [low, high], got [?, 99]'],
    [
      { percentiles: [1, 101] },
      'scaling.percentiles: expected two numbers from 0 to 100, the first the smaller, got [1, 101]',
    ],
    [{ percentiles: [5, 5] }, 'scaling.percentiles: expected two numbers from 0 to 100'],
    [{ center: 'zero' }, 'scaling.center: expected a finite number, got "zero"'],
    [{ center: 0, log: true }, 'scaling.center: expected none beside a logarithmic scale, got 0'],
    [{ log: 1 }, 'scaling.log: expected true or false, got 1'],
  ])('refuses %j', (scaling, message) => {
    expect(() => rowOf([1, 2], { scaling })).toThrow(message);
  });
});

describe('colours set apart', () => {
  it('are at the ends of the palette, and the scale between them', () => {
    const figure = rowOf([Number.NaN, -9, 0, 1, 2, 9], {
      scaling: [0, 2],
      belowColor: '#0000ff',
      aboveColor: '#ff0000',
      missingColor: '#808080',
    });
    // 253 colours are left: 1 to 253.
    expect(figure.gradient).toEqual([1, 253]);
    expect([...figure.tiles[0]!.indices]).toEqual([255, 0, 1, 127, 253, 254]);
    expect(figure.tiles[0]!.missing).toBeUndefined();
    const colorAt = (index: number) => [...figure.colormap.rgba.subarray(index * 4, index * 4 + 4)];
    expect([0, 254, 255].map(colorAt)).toEqual([
      [0, 0, 255, 255],
      [255, 0, 0, 255],
      [128, 128, 128, 255],
    ]);
    expect(colorAt(1)).toEqual([...viridis.rgba.subarray(0, 4)]);
    expect(colorAt(253)).toEqual([...viridis.rgba.subarray(255 * 4)]);
    expect(figure.colormap.name).toBe('viridis');
    expect(rowOf([0, 1], { belowColor: 'black' }).gradient).toEqual([1, 255]);
    expect(rowOf([0, 1], {}).gradient).toBeUndefined();
  });

  it.each<[string, number[], Parameters<typeof createFigure>[1], number[]]>([
    ['a fixed range', [-0.2, -0.1, 0, 0.1, 0.2], { scaling: [-0.1, 0.1] }, [0, 1, 128, 254, 255]],
    ['a range from 0', [0, 0.05, 0.1], { scaling: [0, 0.1] }, [1, 128, 254]],
    // The float32 of 0.7 is below 0.7, that of 0.1 above 0.1.
    ['an upper limit that float32 rounds down', [0, 0.7], { scaling: [0, 0.7] }, [1, 254]],
    ['a lower limit that float32 rounds up', [0.1, 0.7], { scaling: [0.1, 1] }, [1, 170]],
    ['a lower limit that float32 rounds down', [0.7, 1], { scaling: [0.7, 1] }, [1, 254]],
    ['a centre', [0.3, 0.5], { scaling: { center: 0.1 } }, [191, 254]],
    ['a logarithm', [0.01, 0.1, 1], { scaling: { range: [0.01, 0.1], log: true } }, [1, 254, 255]],
    ['limits that float32 has not', [-1, 0, 1], { scaling: [-1e300, 1e300] }, [128, 128, 128]],
  ])('are not for values at the limit of %s', (_, values, options, expected) => {
    const figure = rowOf(values, { belowColor: '#0000ff', aboveColor: '#ff0000', ...options });
    expect([...figure.tiles[0]!.indices]).toEqual(expected);
  });

  it('cross out dead maps, those of this image or those given', () => {
    // Three maps of 3 × 3: zeros, ones, and one value that is not 0.
    const data = Array.from({ length: 9 }, (_, pixel) => [0, 1, pixel === 4 ? 5 : 0]).flat();
    const activation = activationOf([1, 3, 3, 3], data);
    const figure = createFigure(activation, { markDead: true });
    expect(figure.tiles.map(({ dead }) => dead)).toEqual([true, undefined, undefined]);
    expect([...figure.tiles[0]!.indices]).toEqual([255, 0, 255, 0, 255, 0, 255, 0, 255]);
    expect([...figure.tiles[2]!.indices]).toEqual([0, 0, 0, 0, 254, 0, 0, 0, 0]);
    expect([...figure.colormap.rgba.subarray(255 * 4)]).toEqual([0xd6, 0x27, 0x28, 255]);
    const given = createFigure(activation, { markDead: [2], deadColor: 'white' });
    expect(given.tiles.map(({ dead }) => dead)).toEqual([undefined, undefined, true]);
    expect([...given.colormap.rgba.subarray(255 * 4)]).toEqual([255, 255, 255, 255]);
    // Where none is dead, all colours are the scale's.
    expect(createFigure(activation, { markDead: [] })).toEqual(createFigure(activation));
    expect(createFigure(activation, { markDead: true, channels: [1] }).tiles[0]!.dead).toBeUndefined();
  });

  it.each([
    [{ missingColor: 'nothing' }, 'missingColor: expected a colour'],
    [{ belowColor: 3 }, 'belowColor: expected a colour'],
    [{ aboveColor: '' }, 'aboveColor: expected a colour'],
    [{ markDead: true, deadColor: 'dead' }, 'deadColor: expected a colour'],
    [{ markDead: 'all' }, 'markDead: expected true, false or an array of channels, got "all"'],
    [{ markDead: [1] }, 'markDead[0]: expected a whole number from 0 to 0, got 1'],
  ])('refuses %j', (options, message) => {
    expect(() => rowOf([0, 0], options)).toThrow(message);
  });
});

describe('measureRange', () => {
  const one = activationOf([1, 1, 2, 1], [1, Number.NaN]);
  const two = activationOf([1, 1, 1, 3], [-2, 5, Number.POSITIVE_INFINITY]);

  it('is the range of the finite values of all', () => {
    expect(measureRange([one, two])).toEqual([-2, 5]);
    expect(measureRange(two)).toEqual([-2, 5]);
    expect(measureRange([one, two], { center: 0 })).toEqual([-5, 5]);
    expect(measureRange([one, two], { log: true })).toEqual([1, 5]);
    // numpy.percentile([-2, 1, 5], [25, 75])
    expect(measureRange([one, two], { percentiles: [25, 75] })).toEqual([-0.5, 3]);
  });

  it.each([
    [[one], {}, 'activations: expected at least two different finite values, got only 1'],
    [[], {}, 'activations: expected at least two different finite values, got none'],
    [[activationOf([1, 1, 1, 2], [-1, 0])], { log: true }, 'values above 0, got none'],
    [[7], {}, 'activations[0]: expected { layerName, className, shape, data: Float32Array }, got 7'],
    [null, {}, 'activations: expected an activation or an array of them, got null'],
    [[one, two], { percentiles: [3] }, 'percentiles: expected [low, high], got [3]'],
    [[one, two], { center: Number.NaN }, 'center: expected a finite number, got NaN'],
    [[one, two], null, 'options: expected an object, got null'],
  ])('refuses %j', (activations, options, message) => {
    expect(() => measureRange(activations as never, options as never)).toThrow(message);
  });
});
