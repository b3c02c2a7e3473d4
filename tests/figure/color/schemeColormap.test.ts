import * as schemes from 'd3-scale-chromatic';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type SchemeName, schemeColormap, schemeNames } from '../../../src/figure/color/schemeColormap';
import { viridis } from '../../../src/figure/color/viridis';

/** A colour of d3 as three bytes. */
const bytesOf = (color: string) => color.match(/\d+/g)!.map(Number);

describe('schemeColormap', () => {
  it('makes every scheme of d3, opaque', () => {
    expect(schemeNames).toHaveLength(38);
    for (const name of schemeNames) {
      const { rgba } = schemeColormap(name);
      expect([rgba.length, rgba.every((byte, at) => at % 4 < 3 || byte === 255)]).toEqual([1024, true]);
    }
  });

  it('has a type of their names', () => {
    type NameOf<Key> = Key extends `interpolate${infer Name}` ? Name : never;
    expectTypeOf<SchemeName>().toEqualTypeOf<NameOf<keyof typeof schemes>>();
  });

  it("has d3's colours", () => {
    for (const index of [0, 100, 255]) {
      const colors = (name: 'RdBu' | 'Sinebow') => [
        ...schemeColormap(name).rgba.subarray(index * 4, index * 4 + 3),
      ];
      expect(colors('RdBu')).toEqual(bytesOf(schemes.interpolateRdBu(index / 255)));
      expect(colors('Sinebow')).toEqual(bytesOf(schemes.interpolateSinebow(index / 255)));
    }
    expect(schemeColormap('Viridis').rgba).toEqual(viridis.rgba);
  });

  it('refuses a name that d3 has not', () => {
    expect(() => schemeColormap('viridis' as never)).toThrow(RangeError);
    expect(() => schemeColormap('viridis' as never)).toThrow(
      /^name: expected one of Blues, .*, got "viridis"$/,
    );
  });
});
