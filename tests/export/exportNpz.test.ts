import { describe, expect, it } from 'vitest';
import { exportNpz } from '../../src/export';
import { activation, figure } from './npzFixtures';

describe('exportNpz', () => {
  it.each<[object, string]>([
    [{ ...figure, width: 1 }, 'items[1].tiles[0]: expected a tile within 1 × 2, got 2 × 2 at 0, 0'],
    [
      { ...figure, colormap: { name: 'x', rgba: new Uint8Array(2) } },
      'items[1].colormap.rgba: expected 1024 bytes, got 2',
    ],
    [{ ...figure, note: 1 }, 'items[1]: expected no field "note", which would be lost'],
    [
      { ...figure, tiles: [{ ...figure.tiles[0], indices: new Uint8Array(3) }] },
      'items[1].tiles[0].indices: expected 4 bytes, got 3',
    ],
    [
      {
        ...figure,
        tiles: [
          figure.tiles[0],
          { ...figure.tiles[1], width: 1, indices: new Uint8Array(2), missing: undefined },
        ],
      },
      'items: expected tiles of one size in a figure, got 2 × 2 and 1 × 2',
    ],
    [{ ...activation, shape: [9] }, 'items[1].data: expected 9 values, got 8'],
    [{ ...activation, layerName: 5 }, 'items[1].layerName: expected a string, got 5'],
  ])('refuses what could not be read back, %#', (item, message) => {
    expect(() => exportNpz([activation, item as never])).toThrow(message);
  });
});
