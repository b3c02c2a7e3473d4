import { describeValue, requireWholeNumber } from '../errors';
import type { PixelImage } from '../image/ImageInput';
import { digitStrokes, type Point, type Stroke } from './digitStrokes';
import { createRandom, type Random } from './random';

/** How a digit is written. Lengths are in pixels of the 28 × 28 image. */
export interface DigitStyle {
  /** Width of the pen's line. */
  readonly thickness: number;
  /** How far the top leans to the right, for a height of 1. */
  readonly slant: number;
  /** Turn of the whole digit in degrees, clockwise. */
  readonly rotation: number;
  /** Height of the digit. */
  readonly height: number;
  /** Width for a height of 1. */
  readonly aspect: number;
  /** How far the hand strays from the line, at the most. */
  readonly wobble: number;
  /** Shift of the digit from the middle. */
  readonly shiftX: number;
  readonly shiftY: number;
}

export interface DrawDigitOptions {
  /**
   * Parts of the style, in place of the regular ones or those that `seed` brings.
   * @defaultValue a regular school hand
   */
  style?: Partial<DigitStyle> | undefined;
  /**
   * Varies the hand: slant, thickness, size, position and wobble. The same seed draws the same digit.
   * @defaultValue no variation
   */
  seed?: number | undefined;
}

const SIZE = 28;

const REGULAR: DigitStyle = {
  thickness: 2.4,
  slant: 0.08,
  rotation: 0,
  height: 18,
  aspect: 0.62,
  wobble: 0,
  shiftX: 0,
  shiftY: 0,
};

/**
 * Draws a digit from strokes, white on black, its centre of mass in the middle as MNIST's digits have it.
 *
 * @param digit 0 to 9.
 * @returns 28 × 28 grey bytes, which `visualizeLayers` and `computeActivations` take as they are.
 * @throws RangeError if `digit` is no whole number from 0 to 9, or an option is not a number.
 */
export function drawDigit(
  digit: number,
  options: DrawDigitOptions = {},
): PixelImage & { readonly data: Uint8Array } {
  if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
    throw new RangeError(`digit: expected a whole number from 0 to 9, got ${describeValue(digit)}`);
  }
  const { seed } = options;
  if (seed !== undefined) requireWholeNumber('seed', seed, 0);
  const random = createRandom((seed ?? 0) * 10 + digit);
  const style: DigitStyle = { ...(seed === undefined ? REGULAR : varyStyle(random)), ...options.style };
  for (const [name, value] of Object.entries(style)) {
    if (!Number.isFinite(value))
      throw new RangeError(`style.${name}: expected a number, got ${describeValue(value)}`);
  }
  if (style.thickness <= 0 || style.height <= 0 || style.aspect <= 0) {
    throw new RangeError('style: expected thickness, height and aspect above 0');
  }
  const strokes = centre(digitStrokes(digit).map((stroke) => place(stroke, style, random)));
  const data = rasterize(
    strokes.map((stroke) => shift(stroke, style.shiftX, style.shiftY)),
    style.thickness,
  );
  return { width: SIZE, height: SIZE, data };
}

function varyStyle(random: Random): DigitStyle {
  const around = (middle: number, spread: number) => middle + (random() + random() - 1) * spread;
  return {
    thickness: around(2.5, 1.1),
    slant: around(0.12, 0.35),
    rotation: around(0, 10),
    height: around(18.5, 2),
    aspect: around(0.62, 0.2),
    wobble: random() * 1.1,
    shiftX: around(0, 1.2),
    shiftY: around(0, 1.2),
  };
}

/** Takes a stroke from the digit's box to pixels around (0, 0). */
function place(stroke: Stroke, style: DigitStyle, random: Random): Point[] {
  const angle = (style.rotation * Math.PI) / 180;
  const [waveX, waveY] = [createWave(random), createWave(random)];
  return stroke.map(([x, y], index) => {
    const along = index / Math.max(1, stroke.length - 1);
    const up = 0.5 - y / 1.4;
    const across =
      (x - 0.5) * style.aspect * style.height + up * style.slant * style.height + waveX(along) * style.wobble;
    const down = -up * style.height + waveY(along) * style.wobble;
    return [
      across * Math.cos(angle) - down * Math.sin(angle),
      across * Math.sin(angle) + down * Math.cos(angle),
    ];
  });
}

/** A smooth wave from -1 to 1 along a stroke. */
function createWave(random: Random): (along: number) => number {
  const [phase, bends] = [random() * 2 * Math.PI, 1 + random() * 2];
  return (along) => Math.sin(phase + along * bends * Math.PI);
}

/** Moves strokes so that their centre of mass, by length, is at the middle of the image. */
function centre(strokes: Point[][]): Point[][] {
  let [sumX, sumY, mass] = [0, 0, 0];
  forEachSegment(strokes, ([x, y], [nextX, nextY]) => {
    const length = Math.hypot(nextX - x, nextY - y);
    sumX += ((x + nextX) / 2) * length;
    sumY += ((y + nextY) / 2) * length;
    mass += length;
  });
  return strokes.map((stroke) => shift(stroke, SIZE / 2 - sumX / mass, SIZE / 2 - sumY / mass));
}

function shift(stroke: readonly Point[], byX: number, byY: number): Point[] {
  return stroke.map(([x, y]) => [x + byX, y + byY]);
}

/** Draws a line of round ends; a pixel's share is its centre's distance to the line, softened over one pixel. */
function rasterize(strokes: readonly Stroke[], thickness: number): Uint8Array {
  const nearest = new Float64Array(SIZE * SIZE).fill(Number.POSITIVE_INFINITY);
  forEachSegment(strokes, (start, end) => {
    for (let pixel = 0; pixel < nearest.length; pixel++) {
      const distance = distanceToSegment((pixel % SIZE) + 0.5, Math.floor(pixel / SIZE) + 0.5, start, end);
      nearest[pixel] = Math.min(nearest[pixel]!, distance);
    }
  });
  return Uint8Array.from(nearest, (distance) =>
    Math.round(255 * Math.min(1, Math.max(0, thickness / 2 + 0.5 - distance))),
  );
}

function forEachSegment(strokes: readonly Stroke[], visit: (start: Point, end: Point) => void): void {
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index++) visit(stroke[index - 1]!, stroke[index]!);
  }
}

function distanceToSegment(x: number, y: number, [startX, startY]: Point, [endX, endY]: Point): number {
  const [alongX, alongY] = [endX - startX, endY - startY];
  const squared = alongX * alongX + alongY * alongY;
  const t =
    squared > 0 ? Math.min(1, Math.max(0, ((x - startX) * alongX + (y - startY) * alongY) / squared)) : 0;
  return Math.hypot(x - startX - t * alongX, y - startY - t * alongY);
}
