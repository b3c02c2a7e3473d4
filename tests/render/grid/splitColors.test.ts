import { describe, expect, it } from 'vitest';
import { splitColors } from '../../../src/render/grid/splitColors';
import { tileOf } from './tileOf';

describe('splitColors', () => {
  it('takes red, green and blue apart', () => {
    const tile = { ...tileOf([[9, null]]), rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const parts = splitColors(tile)!;
    expect(parts.map(({ indices }) => [...indices])).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    for (const part of parts) expect(part).toMatchObject({ width: 2, height: 1, missing: tile.missing });
    expect([...tile.indices]).toEqual([9, 0]);
  });

  it('leaves tiles in the colours of the palette alone', () => {
    expect(splitColors(tileOf([[1, 2]]))).toBeUndefined();
  });
});
