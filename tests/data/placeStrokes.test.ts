import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/data/digitStrokes';
import { type DigitStyle, REGULAR_STYLE } from '../../src/data/digitStyle';
import { createWave, fitHeight, placeStrokes } from '../../src/data/placeStrokes';
import { createRandom } from '../../src/data/random';

/** The outline of the digit's box. */
const BOX: Point[] = [
  [0, 0],
  [1, 0],
  [1, 1.4],
  [0, 1.4],
  [0, 0],
];
const UPRIGHT: DigitStyle = { ...REGULAR_STYLE, slant: 0, height: 10, aspect: 0.6 };

function place(style: Partial<DigitStyle>): number[][] {
  const [stroke] = placeStrokes([BOX], { ...UPRIGHT, ...style }, 14, createRandom(0));
  return stroke!.slice(0, 4).map((point) => point.map((at) => Math.round(at * 1000) / 1000));
}

describe('placeStrokes', () => {
  it.each([
    ['around the middle', {}, [11, 9], [17, 9], [17, 19], [11, 19]],
    ['shifted', { shiftX: 2, shiftY: -1 }, [13, 8], [19, 8], [19, 18], [13, 18]],
    ['slanted', { slant: 0.2 }, [12, 9], [18, 9], [16, 19], [10, 19]],
    ['turned clockwise', { rotation: 90 }, [19, 11], [19, 17], [9, 17], [9, 11]],
  ])('places the box %s', (_, style, ...corners) => {
    expect(place(style)).toEqual(corners);
  });

  it('strays by the wobble at the most', () => {
    const strayed = place({ wobble: 0.5 }).flatMap((point, index) =>
      point.map((at, axis) => Math.abs(at - place({})[index]![axis]!)),
    );
    expect(Math.max(...strayed)).toBeGreaterThan(0.05);
    // The whole stroke is centred again after it has strayed, by as much at the most.
    expect(Math.max(...strayed)).toBeLessThanOrEqual(1);
  });
});

describe('fitHeight', () => {
  it('makes the longer side, ink included, as long as asked', () => {
    expect(fitHeight([BOX], { ...UPRIGHT, thickness: 2 }, 20)).toBeCloseTo(18, 10);
    // Twice as wide as high.
    expect(fitHeight([BOX], { ...UPRIGHT, thickness: 2, aspect: 2 }, 20)).toBeCloseTo(9, 10);
    expect(fitHeight([BOX], { ...UPRIGHT, thickness: 2, rotation: 90 }, 20)).toBeCloseTo(18, 10);
  });

  it('leaves a pixel for the digit whatever the pen', () => {
    expect(fitHeight([BOX], { ...UPRIGHT, thickness: 30 }, 20)).toBeCloseTo(1, 10);
  });
});

describe('createWave', () => {
  it('stays between -1 and 1, without jumps', () => {
    const wave = createWave(createRandom(5));
    const values = Array.from({ length: 101 }, (_, step) => wave(step / 100));
    const jumps = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
    // Three half waves at the most: a slope of 3 π.
    expect(Math.max(...jumps)).toBeLessThan((3 * Math.PI) / 100);
  });
});
