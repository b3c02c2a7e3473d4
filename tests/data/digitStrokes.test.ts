import { describe, expect, it } from 'vitest';
import { digitStrokes, type Point } from '../../src/data/digitStrokes';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The first and the last point of each stroke, in hundredths. */
function endsOf(digit: number): Point[][] {
  const round = ([x, y]: Point): Point => [Math.round(x * 100), Math.round(y * 100)];
  return digitStrokes(digit).map((stroke) => [round(stroke[0]!), round(stroke.at(-1)!)]);
}

describe('digitStrokes', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 1],
    [6, 1],
    [7, 1],
    [8, 1],
    [9, 1],
  ])('writes %i in %i strokes', (digit, count) => {
    expect(digitStrokes(digit).length).toBe(count);
  });

  it('begins and ends where the pen does', () => {
    expect(endsOf(1)).toEqual([
      [
        [30, 28],
        [56, 140],
      ],
    ]);
    expect(endsOf(4)).toEqual([
      [
        [62, 0],
        [100, 95],
      ],
      [
        [74, 50],
        [74, 140],
      ],
    ]);
    expect(endsOf(7)).toEqual([
      [
        [4, 0],
        [40, 140],
      ],
    ]);
  });

  it.each([0, 8])('closes %i', (digit) => {
    const [[start, end]] = endsOf(digit) as [[Point, Point]];
    expect(start).toEqual(end);
  });

  it.each(DIGITS)('fills the box with %i and stays in it, to a hundredth', (digit) => {
    const points = digitStrokes(digit).flat();
    const [x, y] = [points.map((point) => point[0]), points.map((point) => point[1])];
    expect(Math.min(...x)).toBeGreaterThan(-0.01);
    expect(Math.max(...x)).toBeLessThan(1.01);
    expect(Math.min(...y)).toBeCloseTo(0, 1);
    expect(Math.max(...y)).toBeCloseTo(1.4, 1);
  });

  it.each(DIGITS)('has points close enough to look curved in %i', (digit) => {
    for (const stroke of digitStrokes(digit)) {
      const steps = stroke
        .slice(1)
        .map(([x, y], index) => Math.hypot(x - stroke[index]![0], y - stroke[index]![1]));
      expect(Math.max(...steps)).toBeLessThan(0.25);
    }
  });
});
