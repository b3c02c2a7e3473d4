import { describeValue } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { PixelImage } from '../common/types';
import type { Point, Stroke } from './digitStrokes';
import { REGULAR_STYLE } from './digitStyle';
import { findBounds } from './findBounds';
import { type InkedStroke, rasterizeStrokes } from './rasterizeStrokes';
import { smoothStroke } from './smoothStroke';

export interface DrawStrokesOptions {
  /**
   * Width of the line in pixels of the 28 × 28 image, above 0 and below 20, however thick the pen was.
   * @defaultValue 2.4, that of the hand which `drawDigit` writes
   */
  thickness?: number | undefined;
}

const SIZE = 28;

/** Longer side of a digit of MNIST in pixels, ink included. */
const FIT = 20;

/** How far the hand's tremble is smoothed to either side, in pixels: less than the line is wide. */
const TREMBLE = 0.75;

/**
 * Draws what a pen has written as MNIST has its digits: smoothed, its longer side 20 pixels, its centre of mass in the
 * middle, white on black.
 *
 * @param strokes From where the pen was set down to where it was lifted, a list of points `[x, y]` each, x to the right
 * and y downwards, in any unit; a stroke of one point is a dot. Where and how large they are makes no difference.
 * @returns 28 × 28 grey bytes, all 0 where there are no points. An image that would be cut off at the edge with its mass
 * in the middle is moved only as far as the edge.
 * @throws TypeError if `strokes` are no lists of points; RangeError if a point is not finite or too far from the others
 * to compute with, or `thickness` is out of range.
 */
export function drawStrokes(
  strokes: readonly Stroke[],
  options: DrawStrokesOptions = {},
): PixelImage & { readonly data: Uint8Array } {
  requireOptions(options, { thickness: true });
  const { thickness = REGULAR_STYLE.thickness } = options;
  if (!(typeof thickness === 'number' && thickness > 0 && thickness < FIT)) {
    throw new RangeError(
      `thickness: expected a number above 0 and below ${FIT}, got ${describeValue(thickness)}`,
    );
  }
  requireStrokes(strokes);
  const written = strokes.filter((stroke) => stroke.length > 0);
  if (written.length === 0) return { width: SIZE, height: SIZE, data: new Uint8Array(SIZE * SIZE) };

  const smooth = fit(written, FIT - thickness).map((stroke) => smoothStroke(stroke, TREMBLE));
  return { width: SIZE, height: SIZE, data: drawCentred(smooth, thickness) };
}

/** Scales strokes so that the longer side is `side`, in the middle of the image. */
function fit(strokes: readonly Stroke[], side: number): Stroke[] {
  const { left, top, width, height } = findBounds(strokes.flat());
  const longer = Math.max(width, height);
  if (!Number.isFinite(longer)) {
    throw new RangeError(
      `strokes: expected points that are nearer to one another, got ${longer} between them`,
    );
  }
  // A dot has no size to scale. Dividing first keeps the smallest of numbers from overflowing.
  const place = (value: number, start: number, length: number) =>
    SIZE / 2 + (longer > 0 ? ((value - start) / longer - length / longer / 2) * side : 0);
  return strokes.map((stroke) =>
    stroke.map(([x, y]): Point => [place(x, left, width), place(y, top, height)]),
  );
}

/** Draws strokes twice: in the middle of their box to find where their ink is, then with its centre in the middle. */
function drawCentred(strokes: readonly Stroke[], thickness: number): Uint8Array {
  const [x, y] = centreOfMass(rasterizeStrokes(inkStrokes(strokes, thickness), SIZE, 1));
  const { width, height } = findBounds(strokes.flat());
  // No further than the edge, which would cut off what is drawn.
  const shift = (centre: number, length: number) => {
    const room = (SIZE - length - thickness) / 2;
    return Math.min(Math.max(SIZE / 2 - centre, -room), room);
  };
  const [byX, byY] = [shift(x, width), shift(y, height)];
  const centred = strokes.map((stroke) => stroke.map(([x, y]): Point => [x + byX, y + byY]));
  return rasterizeStrokes(inkStrokes(centred, thickness), SIZE, 1);
}

function inkStrokes(strokes: readonly Stroke[], thickness: number): InkedStroke[] {
  return strokes.map((stroke) => ({ points: stroke, widths: stroke.map(() => thickness) }));
}

function centreOfMass(bytes: Uint8Array): Point {
  let [sumX, sumY, mass] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    sumX += bytes[at]! * ((at % SIZE) + 0.5);
    sumY += bytes[at]! * (Math.floor(at / SIZE) + 0.5);
    mass += bytes[at]!;
  }
  // A line so thin that no pixel's centre is near it.
  if (mass === 0) return [SIZE / 2, SIZE / 2];
  return [sumX / mass, sumY / mass];
}

function requireStrokes(strokes: unknown): asserts strokes is readonly Stroke[] {
  if (!Array.isArray(strokes)) {
    throw new TypeError(`strokes: expected an array of strokes, got ${describeValue(strokes)}`);
  }
  // By their entries, since `forEach` passes over holes.
  for (const [index, stroke] of (strokes as readonly unknown[]).entries()) {
    if (!Array.isArray(stroke)) {
      throw new TypeError(
        `strokes[${index}]: expected an array of points [x, y], got ${describeValue(stroke)}`,
      );
    }
    for (const [at, point] of stroke.entries()) requirePoint(`strokes[${index}][${at}]`, point);
  }
}

function requirePoint(name: string, point: unknown): void {
  if (!Array.isArray(point) || point.length !== 2 || [...point].some((value) => typeof value !== 'number')) {
    throw new TypeError(`${name}: expected two numbers [x, y], got ${describeValue(point)}`);
  }
  if (!point.every(Number.isFinite)) {
    throw new RangeError(`${name}: expected finite numbers, got ${describeValue(point)}`);
  }
}
