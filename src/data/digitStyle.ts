import type { Random } from './random';

/** How a digit is written. Lengths are in pixels of the 28 × 28 image. */
export interface DigitStyle {
  /** Width of the pen's line. */
  readonly thickness: number;
  /** How much the line's width varies under the hand's pressure, as a part of it: 0 for an even line. */
  readonly pressure: number;
  /** Width of the soft edge of a line; 1 is that of an image scaled down. */
  readonly softness: number;
  /** How far the top leans to the right, for a height of 1. */
  readonly slant: number;
  /** Turn of the whole digit in degrees, clockwise. */
  readonly rotation: number;
  /** Height of the digit. With a seed: what makes its longer side, ink included, about 20 pixels, as in MNIST. */
  readonly height: number;
  /** Width for a height of 1. */
  readonly aspect: number;
  /** How freely a digit drawn from a seed departs from the form it follows: 0 for not at all. */
  readonly looseness: number;
  /** How far the hand strays from the line, at the most. */
  readonly wobble: number;
  /** Shift of the digit from the middle. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** The names of {@link DigitStyle}. */
export const STYLE_OPTIONS = {
  thickness: true,
  pressure: true,
  softness: true,
  slant: true,
  rotation: true,
  height: true,
  aspect: true,
  looseness: true,
  wobble: true,
  shiftX: true,
  shiftY: true,
} as const;

/** A regular school hand. */
export const REGULAR_STYLE: DigitStyle = {
  thickness: 2.4,
  pressure: 0,
  softness: 1,
  slant: 0.08,
  rotation: 0,
  height: 18,
  aspect: 0.62,
  looseness: 0,
  wobble: 0,
  shiftX: 0,
  shiftY: 0,
};

/** Draws a hand by lot; the height follows from the digit. */
export function varyStyle(random: Random): Omit<DigitStyle, 'height'> {
  const around = (middle: number, spread: number) => middle + (random() + random() - 1) * spread;
  return {
    thickness: around(2.9, 2.1),
    pressure: random() * 0.3,
    softness: around(1.15, 0.4),
    slant: around(0.2, 0.7),
    rotation: around(0, 14),
    aspect: around(0.78, 0.42),
    looseness: 0.5 + 1.2 * random(),
    wobble: random() * 0.7,
    shiftX: random() - 0.5,
    shiftY: random() - 0.5,
  };
}
