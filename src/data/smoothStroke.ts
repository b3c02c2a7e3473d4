import type { Point, Stroke } from './digitStrokes';

/** Distance between two points of a smoothed stroke, in pixels. */
const STEP = 0.25;

/**
 * Smooths what a pen has drawn: even steps along the line, each the mean of the piece of line around it.
 *
 * Ends stay where they are, since the piece shortens towards them; corners are rounded by no more than the piece.
 *
 * @param reach How far to either side the piece goes, in pixels.
 */
export function smoothStroke(stroke: Stroke, reach: number): Stroke {
  const even = resample(stroke);
  const most = Math.round(reach / STEP);
  return even.map((_, index): Point => {
    const steps = Math.min(most, index, even.length - 1 - index);
    let [sumX, sumY, weights] = [0, 0, 0];
    for (let off = -steps; off <= steps; off++) {
      // A triangle: what is near counts for more.
      const weight = steps + 1 - Math.abs(off);
      const [x, y] = even[index + off]!;
      sumX += weight * x;
      sumY += weight * y;
      weights += weight;
    }
    return [sumX / weights, sumY / weights];
  });
}

/** Walks along a stroke in steps of one length, near {@link STEP}, from its first point to its last. */
function resample(stroke: Stroke): Stroke {
  const lengths = stroke.map((point, index) => {
    const before = stroke[index - 1] ?? point;
    return Math.hypot(point[0] - before[0], point[1] - before[1]);
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const steps = Math.ceil(total / STEP);
  const points: Point[] = [stroke[0]!];
  let [at, passed] = [1, 0];
  for (let step = 1; step < steps; step++) {
    const along = (step / steps) * total;
    while (at < stroke.length - 1 && passed + lengths[at]! < along) passed += lengths[at++]!;
    const [start, end] = [stroke[at - 1]!, stroke[at]!];
    const t = (along - passed) / lengths[at]!;
    points.push([start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])]);
  }
  points.push(stroke.at(-1)!);
  return points;
}
