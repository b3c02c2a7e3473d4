import { describe, expect, it } from 'vitest';
import { parsePen, smoothPath } from '../../src/data/penPath';

describe('parsePen', () => {
  it('reads points in hundredths, corners and strokes', () => {
    expect(parsePen('0,5 95,0! 45,140 / 25,70 85,65')).toEqual([
      [
        { x: 0, y: 0.05, corner: false },
        { x: 0.95, y: 0, corner: true },
        { x: 0.45, y: 1.4, corner: false },
      ],
      [
        { x: 0.25, y: 0.7, corner: false },
        { x: 0.85, y: 0.65, corner: false },
      ],
    ]);
  });
});

describe('smoothPath', () => {
  const pathOf = (text: string) => smoothPath(parsePen(text)[0]!);
  const inHundredths = (text: string) => pathOf(text).map((point) => point.map((at) => Math.round(at * 100)));

  it('goes through every point', () => {
    for (const point of [
      [0, 0],
      [40, 10],
      [60, 80],
      [20, 140],
    ]) {
      expect(inHundredths('0,0 40,10 60,80 20,140')).toContainEqual(point);
    }
  });

  it('is straight between two points, and up to a corner', () => {
    for (const [x] of pathOf('50,0 50,140')) expect(x).toBe(0.5);
    for (const [x, y] of pathOf('0,0 80,0! 80,140')) expect(y === 0 || x === 0.8, `${x}, ${y}`).toBe(true);
  });

  it('rounds a point that is no corner', () => {
    // Catmull and Rom's curve bulges beyond points that turn: here to the right of the last one.
    expect(Math.max(...pathOf('0,0 80,0 80,140').map(([x]) => x))).toBeGreaterThan(0.85);
  });
});
