import type { Point, Stroke } from './digitStrokes';
import { type PenPath, smoothPath } from './penPath';
import type { Random } from './random';

/** Writes a form as a hand does that is in a hurry: points are missed, proportions change, lines bend. */
export function loosen(form: readonly PenPath[], looseness: number, random: Random): Stroke[] {
  const around = (spread: number) => (random() + random() - 1) * spread * looseness;
  const bend = createBend(around);
  return form.map((path) => {
    const [offX, offY] = [around(0.08), around(0.1)];
    const missed = path.map((point, index) => {
      const spread = index === 0 || index === path.length - 1 ? 0.12 : 0.08;
      return { ...point, x: point.x + offX + around(spread), y: point.y + offY + around(spread) };
    });
    return smoothPath(missed).map(bend);
  });
}

/** A change of proportions of the whole box: quadratic in both directions. */
function createBend(around: (spread: number) => number): (point: Point) => Point {
  const [taper, waist, lean, bow, sag] = [around(0.5), around(0.6), around(0.6), around(0.4), around(0.25)];
  return ([x, y]) => {
    const [u, v] = [x - 0.5, y / 1.4 - 0.5];
    return [
      0.5 + u + taper * u * v + lean * (u * u - 0.25) + bow * v * v,
      1.4 * (0.5 + v + waist * (v * v - 0.25) + sag * u * u),
    ];
  };
}
