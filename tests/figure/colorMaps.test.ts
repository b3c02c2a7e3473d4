import { describe, expect, it } from 'vitest';
import { colorMaps, type MapColoring } from '../../src/figure/colorMaps';
import { measureMaps } from '../../src/figure/measureMaps';
import { chooseValueScale } from '../../src/figure/valueScales';
import { randomSource } from '../training/random';

/** The rule as it is written, value by value. */
function indexOf(value: number, coloring: MapColoring): number | undefined {
  const { lowest, highest, valueScale, first, count, below, above, missing } = coloring;
  const log = valueScale?.name === 'log';
  if (!Number.isFinite(value)) return missing;
  if (value < Math.fround(lowest) || (log && value <= 0)) return below;
  if (value > Math.fround(highest)) return above;
  if (!(highest > lowest)) return first;
  const t = log
    ? (Math.log(value) - Math.log(lowest)) / (Math.log(highest) - Math.log(lowest))
    : (value - lowest) / (highest - lowest);
  return first + Math.max(0, Math.min(count - 1, Math.floor(t * count)));
}

const whole = { first: 0, count: 256, below: 0, above: 255 };
const apart = { first: 1, count: 252, below: 0, above: 253 };

describe('colorMaps', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'follows the rule in every pixel, random maps %i',
    (seed) => {
      const { whole: number, pick, floats } = randomSource(seed);
      const channels = pick([1, 2, 3, 5, 64, 300]);
      const values = floats(channels * number(1, 700)).map((value) => value * 3);
      for (let odd = number(0, 5); odd > 0; odd--) {
        values[number(0, values.length - 1)] = pick([
          Number.NaN,
          Number.POSITIVE_INFINITY,
          Number.NEGATIVE_INFINITY,
          0,
          -0,
          0.1,
          -0.1,
        ]);
      }
      const ranges = measureMaps(values, channels);
      const log = pick([false, true]);
      const valueScale = chooseValueScale({ log });
      const palette = pick([whole, apart, { ...apart, missing: 255 }]);
      const colorings = ranges.map(({ min, max, allFinite }, channel): MapColoring => {
        const [lowest, highest] = log
          ? [0.5, 2]
          : pick([
              [min, max],
              [-1, 1.5],
              // The float32 values nearest to these lie beyond them.
              [-0.1, 0.1],
            ] as const);
        return { channel, allFinite, lowest: lowest!, highest: highest!, valueScale, ...palette };
      });
      const chosen = colorings.filter(() => pick([true, true, false]));
      const maps = colorMaps(values, channels, chosen);
      let wrong = 0;
      maps.forEach(({ indices, missing }, map) => {
        const coloring = chosen[map]!;
        expect(indices).toHaveLength(values.length / channels);
        indices.forEach((index, pixel) => {
          const value = values[pixel * channels + coloring.channel]!;
          if (index !== (indexOf(value, coloring) ?? 0)) wrong++;
          const isMissing = !Number.isFinite(value) && coloring.missing === undefined;
          if ((missing?.[pixel] ?? 0) !== Number(isMissing)) wrong++;
        });
        expect(missing === undefined).toBe(coloring.allFinite || coloring.missing !== undefined);
      });
      expect(wrong).toBe(0);
    },
  );

  it('gives a constant map the first colour, and one beside a fixed range that of its side', () => {
    const color = (value: number, lowest: number, highest: number, palette: object = whole) => {
      const coloring = { channel: 0, allFinite: true, lowest, highest, ...whole, ...palette };
      return colorMaps(Float32Array.of(value), 1, [coloring])[0]!.indices[0];
    };
    expect([color(7, 7, 7), color(8, 7, 7), color(6, 7, 7)]).toEqual([0, 255, 0]);
    expect([color(7, 7, 7, apart), color(8, 7, 7, apart), color(6, 7, 7, apart)]).toEqual([1, 253, 0]);
  });
});

describe('measureMaps', () => {
  it('measures each of many maps over more than a block', () => {
    const [channels, pixels] = [3, 5000];
    const values = Float32Array.from(
      { length: channels * pixels },
      (_, at) => (at % channels) * 100 + Math.floor(at / channels),
    );
    expect(measureMaps(values, channels)).toEqual([
      { min: 0, max: 4999, allFinite: true },
      { min: 100, max: 5099, allFinite: true },
      { min: 200, max: 5199, allFinite: true },
    ]);
    values[3 * 4000 + 1] = Number.NaN;
    values[3 * 4999 + 1] = Number.POSITIVE_INFINITY;
    expect(measureMaps(values, channels)[1]).toEqual({ min: 100, max: 5098, allFinite: false });
    expect(measureMaps(Float32Array.of(Number.NaN), 1)).toEqual([
      { min: Number.NaN, max: Number.NaN, allFinite: false },
    ]);
  });
});
