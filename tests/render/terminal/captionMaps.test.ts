import { describe, expect, it } from 'vitest';
import { createFigure } from '../../../src/figure/createFigure';
import { captionMaps } from '../../../src/render/terminal/captionMaps';

/** Three maps in rows of two: from -1.2345 to 2, only 7, and no value. */
const figure = createFigure(
  {
    layerName: 'c',
    className: 'Conv2D',
    shape: [1, 1, 2, 3],
    data: Float32Array.of(-1.2345, 7, Number.NaN, 2, 7, Number.NaN),
  },
  { columns: 2 },
);

describe('captionMaps', () => {
  it('writes both ends on a line, the highest at the right edge of its map', () => {
    expect(captionMaps(figure, 12, 1)).toEqual({
      lineCount: 1,
      lines: [['-1.235     2      7'], ['  no value']],
    });
  });

  it('writes fewer digits where there is less room', () => {
    expect(captionMaps({ ...figure, tiles: figure.tiles.slice(0, 2), rows: 1 }, 7, 1).lines).toEqual([
      ['-1.23 2    7'],
    ]);
  });

  it('writes two lines that say which is which where one is too narrow', () => {
    const { tiles } = figure;
    const narrow = { ...figure, rows: 1, tiles: [{ ...tiles[0]!, min: -1.2345, max: 2345.5 }, tiles[1]!] };
    expect(captionMaps(narrow, 8, 1)).toEqual({
      lineCount: 2,
      lines: [['≥ -1.234    7', '≤ 2346']],
    });
  });

  it('writes nothing where there is no room, and keeps texts of maps without a gap apart', () => {
    expect(captionMaps(figure, 2, 1)).toEqual({ lineCount: 0, lines: [] });
    const sevens = { ...figure, rows: 1, tiles: [figure.tiles[1]!, figure.tiles[1]!] };
    expect(captionMaps(sevens, 1, 0).lineCount).toBe(0);
    expect(captionMaps(sevens, 2, 0).lines).toEqual([['7 7']]);
  });
});
