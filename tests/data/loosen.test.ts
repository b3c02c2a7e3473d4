import { describe, expect, it } from 'vitest';
import { chooseForm } from '../../src/data/digitForms';
import { loosen } from '../../src/data/loosen';
import { smoothPath } from '../../src/data/penPath';
import { createRandom } from '../../src/data/random';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('chooseForm', () => {
  it.each(DIGITS)('has forms of %i that fill the height of the box and keep to it, to a tenth', (digit) => {
    const random = createRandom(digit);
    for (let count = 0; count < 100; count++) {
      const points = chooseForm(digit, random).flatMap(smoothPath);
      const [x, y] = [points.map((point) => point[0]), points.map((point) => point[1])];
      expect(Math.min(...x)).toBeGreaterThan(-0.1);
      expect(Math.max(...x)).toBeLessThan(1.15);
      expect(Math.abs(Math.min(...y))).toBeLessThan(0.11);
      expect(Math.abs(Math.max(...y) - 1.4)).toBeLessThan(0.11);
    }
  });
});

describe('loosen', () => {
  it('leaves the form as it is for a looseness of 0', () => {
    const form = chooseForm(4, createRandom(1));
    const points = loosen(form, 0, createRandom(2)).flat();
    const expected = form.flatMap(smoothPath);
    expect(points.length).toBe(expected.length);
    points.forEach((point, index) => {
      expect(point[0]).toBeCloseTo(expected[index]![0], 10);
      expect(point[1]).toBeCloseTo(expected[index]![1], 10);
    });
  });

  it('departs from it further, the greater the looseness', () => {
    const form = chooseForm(4, createRandom(1));
    const expected = form.flatMap(smoothPath);
    const departure = (looseness: number) => {
      const points = loosen(form, looseness, createRandom(2)).flat();
      return Math.max(
        ...points.map(([x, y], index) => Math.hypot(x - expected[index]![0], y - expected[index]![1])),
      );
    };
    expect(departure(0.5)).toBeGreaterThan(0.01);
    expect(departure(1)).toBeGreaterThan(departure(0.5));
    expect(departure(1)).toBeLessThan(0.8);
  });
});
