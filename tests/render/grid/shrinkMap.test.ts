import { describe, expect, it } from 'vitest';
import { shrinkMap } from '../../../src/render/grid/shrinkMap';
import { tileOf } from './tileOf';

function shrink(rows: (number | null)[][], width: number, height: number): number[] {
  const shrunk = shrinkMap(tileOf(rows), width, height);
  expect([shrunk.width, shrunk.height]).toEqual([width, height]);
  return [...shrunk.indices];
}

describe('shrinkMap', () => {
  it('averages blocks', () => {
    const rows = [
      [0, 4, 100, 100],
      [8, 12, 100, 104],
    ];
    expect(shrink(rows, 2, 1)).toEqual([6, 101]);
    expect(shrink(rows, 4, 1)).toEqual([4, 8, 100, 102]);
    expect(shrink(rows, 2, 2)).toEqual([2, 100, 10, 102]);
    expect(shrink(rows, 1, 1)).toEqual([54]); // 428 / 8 = 53.5
  });

  it('weighs a cell by how much of it is covered', () => {
    // Each new cell covers one and a half old ones: (30 + 60 / 2) / 1.5 and (60 / 2 + 90) / 1.5.
    expect(shrink([[30, 60, 90]], 2, 1)).toEqual([40, 80]);
    expect(shrink([[30], [60], [90]], 1, 2)).toEqual([40, 80]);
    // Two and a half: (10 + 20 + 30 / 2) / 2.5 and (30 / 2 + 40 + 50) / 2.5.
    expect(shrink([[10, 20, 30, 40, 50]], 2, 1)).toEqual([18, 42]);
  });

  it('weighs by area in both directions', () => {
    const rows = [
      [90, 0, 0],
      [0, 0, 0],
      [0, 0, 180],
    ];
    expect(shrink(rows, 2, 2)).toEqual([40, 0, 0, 80]); // 90 / 2.25, 180 / 2.25
  });

  it('leaves missing values out of the average', () => {
    expect(shrink([[null, 100, 7, 9]], 2, 1)).toEqual([100, 8]);
    expect(shrink([[null, 30, 90]], 2, 1)).toEqual([30, 70]); // 30 · ½ / ½ and (30 · ½ + 90) / 1.5
  });

  it('says -1 where everything is missing, and only there', () => {
    expect(shrink([[null, null, 0, null]], 2, 1)).toEqual([-1, 0]);
  });

  it('keeps a map of the same size', () => {
    expect(
      shrink(
        [
          [1, null],
          [255, 0],
        ],
        2,
        2,
      ),
    ).toEqual([1, -1, 255, 0]);
  });

  it('keeps a constant map constant at any size', () => {
    const rows = new Array(49).fill(new Array(61).fill(255));
    for (let size = 1; size <= 49; size++) {
      expect(new Set(shrink(rows, size, 50 - size))).toEqual(new Set([255]));
    }
  });

  it('leaves the tile as it was', () => {
    const tile = tileOf([[1, null, 3]]);
    shrinkMap(tile, 2, 1);
    expect(tile).toEqual(tileOf([[1, null, 3]]));
  });
});
