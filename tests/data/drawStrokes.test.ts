import { describe, expect, it } from 'vitest';
import { digitStrokes, type Point, type Stroke } from '../../src/data/digitStrokes';
import { type DrawStrokesOptions, drawStrokes } from '../../src/data/drawStrokes';
import { createRandom, type Random } from '../../src/data/random';
import { computeActivations, createActivationModel, loadArticleCnn } from '../../src/index';

const SIZE = 28;
const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Rows of a picture that have ink, by their number. */
function inkedRows(data: Uint8Array): Record<number, number[]> {
  const rows: Record<number, number[]> = {};
  for (let y = 0; y < SIZE; y++) {
    const row = [...data.subarray(y * SIZE, (y + 1) * SIZE)];
    if (row.some((byte) => byte > 0)) rows[y] = row;
  }
  return rows;
}

/** Where the ink's middle is, in pixels from the upper left corner. */
function centreOf(data: Uint8Array): [x: number, y: number] {
  let [sumX, sumY, ink] = [0, 0, 0];
  data.forEach((byte, at) => {
    ink += byte;
    sumX += byte * ((at % SIZE) + 0.5);
    sumY += byte * (Math.floor(at / SIZE) + 0.5);
  });
  return [sumX / ink, sumY / ink];
}

/** First and last row and column with at least half a pixel of ink. */
function boxOf(data: Uint8Array) {
  const inked = Array.from(data.keys()).filter((at) => data[at]! >= 128);
  const [x, y] = [inked.map((at) => at % SIZE), inked.map((at) => Math.floor(at / SIZE))];
  return { left: Math.min(...x), right: Math.max(...x), top: Math.min(...y), bottom: Math.max(...y) };
}

/** What a hand makes of a digit: somewhere on a pad of pixels, in some size, a point now and then. */
function write(digit: number, random: Random, tremble = 0): Stroke[] {
  const [left, top, size] = [random() * 400, random() * 400, 20 + random() * 400];
  const stray = () => (random() - 0.5) * tremble * size;
  return digitStrokes(digit).map((stroke) =>
    stroke.map(([x, y]): Point => [left + x * 0.65 * size + stray(), top + (y * size) / 1.4 + stray()]),
  );
}

describe('drawStrokes', () => {
  it('draws a horizontal line: 20 pixels long, ends included, across the middle', () => {
    const stroke: Stroke = [
      [310, 77],
      [410, 77],
    ];
    const { width, height, data } = drawStrokes([stroke], { thickness: 2 });
    expect([width, height]).toEqual([28, 28]);
    // A line of the width 2 from x = 5 to 23 at y = 14 covers the pixels beside it whole. The last pixels' centres are
    // √½ from its ends, within the radius of 1 and the soft edge of 1: 255 · (½ + 1 - √½) = 202.
    const line = [0, 0, 0, 0, 202, ...new Array<number>(18).fill(255), 202, 0, 0, 0, 0];
    expect(inkedRows(data)).toEqual({ 13: line, 14: line });
  });

  it('draws a dot in the middle', () => {
    const dot = [...new Array<number>(13).fill(0), 202, 202, ...new Array<number>(13).fill(0)];
    expect(inkedRows(drawStrokes([[[5, 900]]], { thickness: 2 }).data)).toEqual({ 13: dot, 14: dot });
    // A pen that rests is no line.
    const resting: Stroke = [
      [5, 5],
      [5, 5],
      [5, 5],
    ];
    expect(inkedRows(drawStrokes([resting], { thickness: 2 }).data)).toEqual({ 13: dot, 14: dot });
  });

  it.each([
    ['no strokes', []],
    ['strokes without points', [[], []]],
  ])('draws black for %s', (_, strokes) => {
    expect(drawStrokes(strokes)).toEqual({ width: 28, height: 28, data: new Uint8Array(784) });
  });

  it('draws a line 2.4 pixels wide unless told otherwise', () => {
    const vertical: Stroke[] = [
      [
        [0, 0],
        [0, 1],
      ],
    ];
    const inkOf = (options?: DrawStrokesOptions) => {
      const row = inkedRows(drawStrokes(vertical, options).data)[14]!;
      return row.reduce((sum, byte) => sum + byte, 0) / 255;
    };
    expect(inkOf()).toBeCloseTo(2.4, 1);
    expect(inkOf({ thickness: 4 })).toBeCloseTo(4, 1);
  });

  it('keeps the proportions: the longer side is 20 pixels', () => {
    const corner: Stroke = [
      [0, 0],
      [100, 0],
      [100, 50],
    ];
    const { left, right, top, bottom } = boxOf(drawStrokes([corner]).data);
    expect(Math.abs(right - left + 1 - 20)).toBeLessThanOrEqual(1);
    // 17.6 pixels between the ends of the lines, half of it in height, and the width of a line: 11.2.
    expect(Math.abs(bottom - top + 1 - 11.2)).toBeLessThanOrEqual(1);
  });

  it.each(DIGITS)('draws the same %i wherever and however large it is', (digit) => {
    const strokes = digitStrokes(digit);
    const expected = drawStrokes(strokes).data;
    for (const [scale, x, y] of [
      [1, 1000, -500],
      [0.001, 0, 3],
      [640, -77, 12],
      [1e-319, 0, 0],
      [1e150, 1e150, 0],
    ] as const) {
      const moved = strokes.map((stroke) =>
        stroke.map((point): Point => [point[0] * scale + x, point[1] * scale + y]),
      );
      const { data } = drawStrokes(moved);
      const furthest = Math.max(...data.map((byte, at) => Math.abs(byte - expected[at]!)));
      expect(furthest, `${scale}`).toBeLessThanOrEqual(1);
    }
  });

  it.each(DIGITS)('puts the mass of %i in the middle', (digit) => {
    const [x, y] = centreOf(drawStrokes(digitStrokes(digit)).data);
    expect(Math.abs(x - 14)).toBeLessThan(0.1);
    expect(Math.abs(y - 14)).toBeLessThan(0.1);
  });

  it('finds the mass by ink, which counts once where a line is drawn twice', () => {
    const once: Stroke[] = [
      [
        [0, 0],
        [0, 10],
        [10, 10],
      ],
    ];
    const twice: Stroke[] = [
      [
        [0, 0],
        [0, 10],
        [10, 10],
        [0, 10],
        [10, 10],
      ],
    ];
    const [one, other] = [centreOf(drawStrokes(once).data), centreOf(drawStrokes(twice).data)];
    // By length, the line drawn three times would pull the centre some 2 pixels to the right.
    expect(Math.abs(one[0] - other[0])).toBeLessThan(0.2);
    expect(boxOf(drawStrokes(once).data)).toEqual(boxOf(drawStrokes(twice).data));
  });

  it('cuts nothing off where the mass is all at one end', () => {
    // A bar, shaded to and fro, with a long tail.
    const blot = Array.from({ length: 40 }, (_, index): Point => [(index % 2) * 8, index / 20]);
    const tail: Stroke = [
      [4, 2],
      [4, 8],
    ];
    const { data } = drawStrokes([blot, tail]);
    // Its end, round with a radius of 1.2, touches the edge: the last row has the outer pixel of it. Of a circle, that
    // is r² acos(1 - 1 / r) - (r - 1) √(2r - 1) = 1.78 pixels.
    const { bottom } = boxOf(data);
    expect(bottom).toBe(27);
    const lastRow = inkedRows(data)[27]!.reduce((sum, byte) => sum + byte, 0) / 255;
    expect(Math.abs(lastRow - 1.78)).toBeLessThan(0.2);
    expect(centreOf(data)[1]).toBeGreaterThan(13);
    expect(centreOf(data)[1]).toBeLessThan(13.9);
  });

  it('smooths a trembling line, and leaves its ends', () => {
    const straight: Stroke = [
      [0, 0],
      [0, 100],
    ];
    const trembling = Array.from({ length: 101 }, (_, y): Point => [y % 2 === 0 ? -1.5 : 1.5, y]);
    const inkIn = (stroke: Stroke, y: number) =>
      inkedRows(drawStrokes([stroke]).data)[y]!.reduce((sum, byte) => sum + byte, 0) / 255;
    for (const y of [8, 12, 14, 16, 20]) {
      expect(Math.abs(inkIn(trembling, y) - inkIn(straight, y))).toBeLessThan(0.15);
    }
    expect(boxOf(drawStrokes([trembling]).data)).toEqual(boxOf(drawStrokes([straight]).data));
  });

  it('leaves what it was given', () => {
    const strokes = write(3, createRandom(1));
    const before = JSON.stringify(strokes);
    drawStrokes(strokes);
    expect(JSON.stringify(strokes)).toBe(before);
  });

  it('makes digits that the article’s network reads, drawn anywhere in any size', async () => {
    const random = createRandom(4);
    const written = DIGITS.flatMap((digit) =>
      [0, 0, 0.02, 0.04].map((tremble) => ({ digit, strokes: write(digit, random, tremble) })),
    );
    const data = new Uint8Array(written.length * SIZE * SIZE);
    written.forEach(({ strokes }, index) => {
      data.set(drawStrokes(strokes).data, index * SIZE * SIZE);
    });
    const model = await loadArticleCnn();
    const [output] = await computeActivations(createActivationModel(model, 'dense'), {
      data,
      shape: [written.length, SIZE, SIZE, 1],
    });
    const answers = written.map((_, index) => {
      const row = output!.data.subarray(index * 10, (index + 1) * 10);
      return row.indexOf(Math.max(...row));
    });
    model.dispose();
    expect(answers).toEqual(written.map(({ digit }) => digit));
  });

  it.each([
    [undefined, 'strokes: expected an array of strokes, got undefined'],
    ['M0 0', 'strokes: expected an array of strokes, got "M0 0"'],
    [[null], 'strokes[0]: expected an array of points [x, y], got null'],
    [[[1, 2]], 'strokes[0][0]: expected two numbers [x, y], got 1'],
    [[[[1, 2]], [[1]]], 'strokes[1][0]: expected two numbers [x, y], got [1]'],
    [[[[1, 2, 3]]], 'strokes[0][0]: expected two numbers [x, y], got [1, 2, 3]'],
    [[[['1', 2]]], 'strokes[0][0]: expected two numbers [x, y], got [1, 2]'],
    [[new Array(1)], 'strokes[0][0]: expected two numbers [x, y], got undefined'],
  ])('refuses %j as strokes', (strokes, message) => {
    expect(() => drawStrokes(strokes as never)).toThrow(new TypeError(message));
  });

  it.each([
    [[[[0, Number.NaN]]], 'strokes[0][0]: expected finite numbers, got [0, NaN]'],
    [[[[Number.POSITIVE_INFINITY, 0]]], 'strokes[0][0]: expected finite numbers, got [Infinity, 0]'],
    [
      [
        [
          [-1e308, 0],
          [1e308, 0],
        ],
      ],
      'strokes: expected points that are nearer to one another, got Infinity between them',
    ],
  ])('refuses the numbers %j', (strokes, message) => {
    expect(() => drawStrokes(strokes as never)).toThrow(new RangeError(message));
  });

  it.each([0, -1, 20, Number.NaN, '2'])('refuses the thickness %j', (thickness) => {
    expect(() => drawStrokes([], { thickness } as never)).toThrow(/^thickness: expected a number above 0/);
  });

  it('refuses options that are none', () => {
    expect(() => drawStrokes([], null as never)).toThrow(
      new TypeError('options: expected an object, got null'),
    );
  });
});
