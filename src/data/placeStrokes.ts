import type { Point, Stroke } from './digitStrokes';
import type { DigitStyle } from './digitStyle';
import { findBounds } from './findBounds';
import type { Random } from './random';

/** Takes strokes from the digit's box to pixels, their centre of mass by length at (`middle`, `middle`) and the shift. */
export function placeStrokes(
  strokes: readonly Stroke[],
  style: DigitStyle,
  middle: number,
  random: Random,
): Stroke[] {
  const lean = createLean(style);
  const placed = strokes.map((stroke) => {
    const [waveX, waveY] = [createWave(random), createWave(random)];
    return stroke.map((point, index): Point => {
      const along = index / Math.max(1, stroke.length - 1);
      return lean(point, style.height, waveX(along) * style.wobble, waveY(along) * style.wobble);
    });
  });
  const [centreX, centreY] = findCentre(placed);
  const [byX, byY] = [middle + style.shiftX - centreX, middle + style.shiftY - centreY];
  return placed.map((stroke) => stroke.map(([x, y]): Point => [x + byX, y + byY]));
}

/** The height at which the longer side of a digit in this style, ink included, is `side`. */
export function fitHeight(
  strokes: readonly Stroke[],
  style: Omit<DigitStyle, 'height'>,
  side: number,
): number {
  const lean = createLean(style);
  const { width, height } = findBounds(strokes.flat().map((point) => lean(point, 1, 0, 0)));
  return Math.max(1, side - style.thickness) / Math.max(width, height);
}

/** Makes the map from the digit's box to pixels around (0, 0): aspect, slant, height, the hand's stray, rotation. */
function createLean({ aspect, slant, rotation }: Omit<DigitStyle, 'height'>) {
  const angle = (rotation * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]: Point, height: number, strayX: number, strayY: number): Point => {
    const up = 0.5 - y / 1.4;
    const across = (x - 0.5) * aspect * height + up * slant * height + strayX;
    const down = -up * height + strayY;
    return [across * cosine - down * sine, across * sine + down * cosine];
  };
}

/** A smooth wave from -1 to 1 along a stroke. */
export function createWave(random: Random): (along: number) => number {
  const [phase, bends] = [random() * 2 * Math.PI, 1 + random() * 2];
  return (along) => Math.sin(phase + along * bends * Math.PI);
}

function findCentre(strokes: readonly Stroke[]): Point {
  let [sumX, sumY, mass] = [0, 0, 0];
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index++) {
      const [[x, y], [nextX, nextY]] = [stroke[index - 1]!, stroke[index]!];
      const length = Math.hypot(nextX - x, nextY - y);
      sumX += ((x + nextX) / 2) * length;
      sumY += ((y + nextY) / 2) * length;
      mass += length;
    }
  }
  return [sumX / mass, sumY / mass];
}
