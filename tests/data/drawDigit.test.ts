import { describe, expect, it } from 'vitest';
import type { DigitStyle } from '../../src/data/digitStyle';
import { drawDigit } from '../../src/data/drawDigit';
import { readImage } from '../../src/image/readImage';
import { firstDifference } from '../image/firstDifference';

const SIZE = 28;
const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const UPRIGHT: Partial<DigitStyle> = { slant: 0 };
/** Everything but the form and its looseness held still. */
const drawnAlike: Partial<DigitStyle> = {
  thickness: 2,
  pressure: 0,
  softness: 1,
  slant: 0,
  rotation: 0,
  height: 18,
  aspect: 0.6,
  wobble: 0,
  shiftX: 0,
  shiftY: 0,
};

function rowOf(data: Uint8Array, y: number): number[] {
  return [...data.subarray(y * SIZE, (y + 1) * SIZE)];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Centre of mass, in pixels from the upper left corner. */
function centreOf(data: Uint8Array): [x: number, y: number] {
  const ink = sum(data);
  return [
    sum(Array.from(data, (byte, at) => (byte * ((at % SIZE) + 0.5)) / ink)),
    sum(Array.from(data, (byte, at) => (byte * (Math.floor(at / SIZE) + 0.5)) / ink)),
  ];
}

/** Every pixel taken from somewhere else. */
function rearrange(data: Uint8Array, from: (x: number, y: number) => [x: number, y: number]): number[] {
  return Array.from(data, (_, at) => {
    const [x, y] = from(at % SIZE, Math.floor(at / SIZE));
    return data[y * SIZE + x] ?? 0;
  });
}

describe('drawDigit', () => {
  it.each(DIGITS)('draws %i as 28 × 28 bytes, white on black', (digit) => {
    const { width, height, data } = drawDigit(digit);
    expect([width, height, data.length]).toEqual([28, 28, 784]);
    expect(data).toBeInstanceOf(Uint8Array);
    expect(Math.max(...data)).toBe(255);
    expect(data.filter((byte) => byte === 0).length).toBeGreaterThan(784 / 2);
    // Nothing is cut off: at the border there is the soft edge of a line at the most.
    const border = [
      ...rowOf(data, 0),
      ...rowOf(data, 27),
      ...data.filter((_, at) => at % 28 === 0 || at % 28 === 27),
    ];
    expect(Math.max(...border)).toBeLessThan(128);
  });

  it.each(DIGITS)('puts the centre of mass of %i in the middle', (digit) => {
    const [x, y] = centreOf(drawDigit(digit).data);
    // Where lines cross, ink counts once and the line twice: a fraction of a pixel.
    expect(Math.abs(x - 14)).toBeLessThan(0.6);
    expect(Math.abs(y - 14)).toBeLessThan(0.6);
  });

  it('is an image as readImage takes it', async () => {
    const { batch, height, width, channels } = await readImage(drawDigit(5));
    expect([batch, height, width, channels]).toEqual([1, 28, 28, 1]);
  });

  it('draws ten different digits', () => {
    expect(new Set(DIGITS.map((digit) => drawDigit(digit).data.join())).size).toBe(10);
  });

  it.each([1, 2.4, 4])('draws a line %f pixels wide', (thickness) => {
    const { data } = drawDigit(1, { style: { ...UPRIGHT, thickness } });
    // Below the flag there is only the stem; what it covers in a row adds up to its width.
    for (const y of [14, 16, 18, 20])
      expect(Math.abs(sum(rowOf(data, y)) / 255 - thickness)).toBeLessThan(0.02);
  });

  it.each([10, 18])('draws a digit %i pixels high', (height) => {
    const { data } = drawDigit(1, { style: { ...UPRIGHT, height, thickness: 2 } });
    const inked = Array.from({ length: SIZE }, (_, y) => y).filter((y) => Math.max(...rowOf(data, y)) >= 128);
    // The line reaches half its width beyond either end.
    expect(Math.abs(inked.length - (height + 2))).toBeLessThanOrEqual(1);
  });

  it('shifts', () => {
    const { data } = drawDigit(3);
    const shifted = drawDigit(3, { style: { shiftX: 3, shiftY: -2 } }).data;
    const expected = rearrange(data, (x, y) => [x < 3 ? 0 : x - 3, y > 25 ? 0 : y + 2]);
    expect(firstDifference(shifted, expected, 1)).toBeUndefined();
  });

  it('turns clockwise', () => {
    const { data } = drawDigit(7);
    const quarter = drawDigit(7, { style: { rotation: 90 } }).data;
    expect(
      firstDifference(
        quarter,
        rearrange(data, (x, y) => [y, 27 - x]),
        1,
      ),
    ).toBeUndefined();
    const half = drawDigit(7, { style: { rotation: 180 } }).data;
    expect(
      firstDifference(
        half,
        rearrange(data, (x, y) => [27 - x, 27 - y]),
        1,
      ),
    ).toBeUndefined();
  });

  it('leans to the right', () => {
    const middleOf = (row: number[]) => sum(row.map((byte, x) => byte * x)) / sum(row);
    const stemAt = (slant: number, y: number) => middleOf(rowOf(drawDigit(1, { style: { slant } }).data, y));
    // The stem of a digit that leans by 0.25 moves a pixel to the left in four rows.
    expect(stemAt(0, 14) - stemAt(0, 18)).toBeCloseTo(0, 1);
    expect(stemAt(0.25, 14) - stemAt(0.25, 18)).toBeCloseTo(1, 1);
  });

  it('draws the same digit for the same seed, and another for another', () => {
    const draw = (seed?: number) => drawDigit(4, { seed }).data.join();
    expect(draw(7)).toBe(draw(7));
    expect(draw()).toBe(draw());
    expect(new Set([draw(), ...DIGITS.map((seed) => draw(seed))]).size).toBe(11);
  });

  it('lets the style have the last word over the seed', () => {
    const style: DigitStyle = {
      thickness: 3,
      pressure: 0,
      softness: 1,
      slant: 0,
      rotation: 0,
      height: 16,
      aspect: 0.6,
      looseness: 0,
      wobble: 0,
      shiftX: 0,
      shiftY: 0,
    };
    // Every form of a 1 has a bare stem in the lower half.
    for (let seed = 0; seed < 20; seed++) {
      const { data } = drawDigit(1, { seed, style });
      expect(Math.abs(sum(rowOf(data, 16)) / 255 - 3), `seed ${seed}`).toBeLessThan(0.02);
    }
  });

  it('writes a digit in several forms, of which the seed chooses one', () => {
    const style: Partial<DigitStyle> = { ...drawnAlike, looseness: 0 };
    for (const digit of DIGITS) {
      const forms = new Set(
        Array.from({ length: 60 }, (_, seed) => drawDigit(digit, { seed, style }).data.join()),
      );
      expect(forms.size, `digit ${digit}`).toBeGreaterThanOrEqual(4);
      expect(forms.size, `digit ${digit}`).toBeLessThan(30);
    }
  });

  it('varies a form by its looseness', () => {
    const draw = (looseness: number, seed: number) =>
      drawDigit(8, { seed, style: { ...drawnAlike, looseness } }).data.join();
    const pictures = (looseness: number) =>
      new Set(Array.from({ length: 60 }, (_, seed) => draw(looseness, seed))).size;
    expect(pictures(0)).toBeLessThan(30);
    expect(pictures(1)).toBe(60);
  });

  it('softens the edge of a line, and leaves its width', () => {
    const edgesOf = (softness: number) => {
      const row = rowOf(drawDigit(1, { style: { ...UPRIGHT, thickness: 5, softness } }).data, 16);
      expect(Math.abs(sum(row) / 255 - 5)).toBeLessThan(0.05);
      return row.filter((byte) => byte > 0 && byte < 255).length;
    };
    expect(edgesOf(1)).toBeLessThanOrEqual(2);
    expect(edgesOf(3)).toBeGreaterThanOrEqual(5);
  });

  it('presses the pen more and less along a line', () => {
    const widthsOf = (pressure: number) => {
      const { data } = drawDigit(1, { style: { ...UPRIGHT, thickness: 4, pressure } });
      return [12, 14, 16, 18, 20].map((y) => sum(rowOf(data, y)) / 255);
    };
    const spread = (widths: number[]) => Math.max(...widths) - Math.min(...widths);
    expect(spread(widthsOf(0))).toBeLessThan(0.1);
    expect(spread(widthsOf(0.4))).toBeGreaterThan(0.2);
    for (const width of widthsOf(0.4)) expect(Math.abs(width - 4)).toBeLessThan(4 * 0.4 + 0.1);
  });

  it('keeps digits of any seed in the picture, about 20 pixels long and their mass in the middle', () => {
    for (const digit of DIGITS) {
      for (let seed = 0; seed < 100; seed++) {
        const { data } = drawDigit(digit, { seed });
        const inked = Array.from(data, (byte, at) => (byte >= 128 ? at : -1)).filter((at) => at >= 0);
        const [x, y] = [inked.map((at) => at % SIZE), inked.map((at) => Math.floor(at / SIZE))];
        const length = Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y)) + 1;
        const [centreX, centreY] = centreOf(data);
        const name = `digit ${digit} seed ${seed}`;
        expect(Math.max(...data), name).toBeGreaterThan(120);
        // Nothing is cut off, though a 7, heavy at the top, may reach the last row, as it does in MNIST.
        expect(Math.abs(length - 20), name).toBeLessThanOrEqual(2);
        expect(Math.max(Math.abs(centreX - 14), Math.abs(centreY - 14)), name).toBeLessThan(2.5);
      }
    }
  });

  it('leaves the options as they were', () => {
    const options = { seed: 3, style: { thickness: 2 } };
    drawDigit(2, options);
    expect(options).toEqual({ seed: 3, style: { thickness: 2 } });
  });

  it.each([
    [-1, '-1'],
    [10, '10'],
    [2.5, '2.5'],
    [Number.NaN, 'NaN'],
    ['3', '"3"'],
    [undefined, 'undefined'],
  ])('refuses %j as a digit', (digit, got) => {
    expect(() => drawDigit(digit as never)).toThrow(
      new RangeError(`digit: expected a whole number from 0 to 9, got ${got}`),
    );
  });

  it.each([
    [{ seed: -1 }, 'seed: expected a whole number of at least 0, got -1'],
    [{ seed: 0.5 }, 'seed: expected a whole number of at least 0, got 0.5'],
    [{ seed: '1' }, 'seed: expected a whole number of at least 0, got "1"'],
    [{ style: { slant: Number.NaN } }, 'style.slant: expected a number, got NaN'],
    [{ style: { rotation: Number.POSITIVE_INFINITY } }, 'style.rotation: expected a number, got Infinity'],
    [{ style: { shiftX: '2' } }, 'style.shiftX: expected a number, got "2"'],
    [{ style: { thickness: 0 } }, 'style: expected thickness, height, aspect and softness above 0'],
    [{ style: { height: -18 } }, 'style: expected thickness, height, aspect and softness above 0'],
    [{ style: { softness: 0 } }, 'style: expected thickness, height, aspect and softness above 0'],
    [{ seed: 1, style: { thickness: -1 } }, 'style: expected thickness, height, aspect and softness above 0'],
    [{ seed: 1, style: { looseness: Number.NaN } }, 'style.looseness: expected a number, got NaN'],
    [{ style: { aspect: 0 } }, 'style: expected thickness, height, aspect and softness above 0'],
  ])('refuses the options %j', (options, message) => {
    expect(() => drawDigit(3, options as never)).toThrow(new RangeError(message));
  });
});
