import { describeValue, requireWholeNumber } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { PixelImage } from '../common/types';
import { chooseForm } from './digitForms';
import { digitStrokes } from './digitStrokes';
import { type DigitStyle, REGULAR_STYLE, STYLE_OPTIONS, varyStyle } from './digitStyle';
import { loosen } from './loosen';
import { createWave, fitHeight, placeStrokes } from './placeStrokes';
import { createRandom, type Random } from './random';
import { rasterizeStrokes } from './rasterizeStrokes';

export interface DrawDigitOptions {
  /**
   * Parts of the style, in place of the regular ones or those that `seed` brings.
   * @defaultValue a regular school hand
   */
  style?: Partial<DigitStyle> | undefined;
  /**
   * Varies the hand: which of the usual forms of the digit it writes, and every part of the style. The same seed
   * draws the same digit.
   * @defaultValue no variation
   */
  seed?: number | undefined;
}

const SIZE = 28;

/** Longer side of a digit drawn from a seed, ink included: MNIST's digits were fitted into 20 × 20 pixels. */
const FIT = 20;

/**
 * Draws a digit from strokes, white on black, its centre of mass in the middle as MNIST's digits have it.
 *
 * @param digit 0 to 9.
 * @returns 28 × 28 grey bytes, which `visualizeLayers` and `computeActivations` take as they are.
 * @throws RangeError if `digit` is no whole number from 0 to 9, or an option is not a number that can be drawn with.
 */
export function drawDigit(
  digit: number,
  options: DrawDigitOptions = {},
): PixelImage & { readonly data: Uint8Array } {
  requireOptions(options, { style: true, seed: true });
  const { seed, style: chosen = {} } = options;
  requireOptions(chosen, STYLE_OPTIONS, 'style');
  if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
    throw new RangeError(`digit: expected a whole number from 0 to 9, got ${describeValue(digit)}`);
  }
  if (seed !== undefined) requireWholeNumber('seed', seed, 0);
  const given = leaveOutUndefined(chosen);
  const random = createRandom((seed ?? 0) * 10 + digit);
  const { strokes, style } =
    seed === undefined
      ? { strokes: digitStrokes(digit), style: { ...REGULAR_STYLE, ...given } }
      : writeByHand(digit, given, random);
  requireDrawable(style);

  const inked = placeStrokes(strokes, style, SIZE / 2, random).map((points) => {
    const pressure = createWave(random);
    const widths = points.map((_, index) => {
      return style.thickness * (1 + style.pressure * pressure(index / Math.max(1, points.length - 1)));
    });
    return { points, widths };
  });
  return { width: SIZE, height: SIZE, data: rasterizeStrokes(inked, SIZE, style.softness) };
}

/** A part of the style that is there and undefined is one that is not given. */
function leaveOutUndefined(style: Partial<DigitStyle>): Partial<DigitStyle> {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
}

function writeByHand(digit: number, chosen: Partial<DigitStyle>, random: Random) {
  const hand = { ...varyStyle(random), ...chosen };
  const strokes = loosen(chooseForm(digit, random), hand.looseness, random);
  return { strokes, style: { ...hand, height: chosen.height ?? fitHeight(strokes, hand, FIT) } };
}

function requireDrawable(style: DigitStyle): void {
  for (const [name, value] of Object.entries(style)) {
    if (!Number.isFinite(value))
      throw new RangeError(`style.${name}: expected a number, got ${describeValue(value)}`);
  }
  if (Math.min(style.thickness, style.height, style.aspect, style.softness) <= 0) {
    throw new RangeError('style: expected thickness, height, aspect and softness above 0');
  }
}
