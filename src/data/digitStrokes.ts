/** A point, x to the right and y downwards. In the box of a digit, x goes from 0 to 1 and y from 0 to 1.4. */
export type Point = readonly [x: number, y: number];

/** One movement of the pen, a chain of points close enough to look curved. */
export type Stroke = readonly Point[];

/** The strokes of each digit, from 0 to 9, as a school hand writes them. */
export function digitStrokes(digit: number): readonly Stroke[] {
  return STROKES[digit]!();
}

const STROKES: readonly (() => Stroke[])[] = [
  () => [arc(0.5, 0.7, 0.46, 0.7, -80, 280)],
  () => [line([0.3, 0.28], [0.56, 0], [0.56, 1.4])],
  () => [join(arc(0.48, 0.4, 0.44, 0.4, 190, 390), line([0.86, 0.6], [0.04, 1.4], [0.98, 1.4]))],
  () => [join(arc(0.46, 0.36, 0.42, 0.36, 200, 435), arc(0.46, 1.04, 0.48, 0.36, -75, 165))],
  () => [line([0.62, 0], [0.02, 0.95], [1, 0.95]), line([0.74, 0.5], [0.74, 1.4])],
  () => [join(line([0.9, 0], [0.22, 0], [0.14, 0.62]), arc(0.46, 0.95, 0.48, 0.45, 225, 510))],
  () => [
    join(curve([0.78, 0], [0.3, 0.16], [0.06, 0.6], [0.06, 0.98]), arc(0.5, 0.98, 0.44, 0.42, 180, 540)),
  ],
  () => [line([0.04, 0], [0.96, 0], [0.4, 1.4])],
  () => [
    join(
      curve([0.5, 0.66], [0.02, 0.5], [0.02, 0], [0.5, 0]),
      curve([0.5, 0], [0.98, 0], [0.98, 0.5], [0.5, 0.66]),
      curve([0.5, 0.66], [-0.1, 0.86], [-0.1, 1.4], [0.5, 1.4]),
      curve([0.5, 1.4], [1.1, 1.4], [1.1, 0.86], [0.5, 0.66]),
    ),
  ],
  () => [
    join(arc(0.48, 0.42, 0.42, 0.42, 0, -360), curve([0.9, 0.42], [0.92, 0.8], [0.84, 1.1], [0.7, 1.4])),
  ],
];

function line(...points: Point[]): Stroke {
  return points.flatMap((point, index) => {
    const previous = points[index - 1];
    if (!previous) return [point];
    const steps = 8;
    return Array.from({ length: steps }, (_, step): Point => {
      const t = (step + 1) / steps;
      return [previous[0] + (point[0] - previous[0]) * t, previous[1] + (point[1] - previous[1]) * t];
    });
  });
}

/** An elliptic arc between two angles in degrees, 0 to the right and 90 downwards. */
function arc(x: number, y: number, radiusX: number, radiusY: number, from: number, to: number): Stroke {
  const steps = Math.ceil(Math.abs(to - from) / 12);
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

/** A cubic Bézier curve. */
function curve(start: Point, control: Point, secondControl: Point, end: Point): Stroke {
  const steps = 12;
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const t = step / steps;
    const s = 1 - t;
    const at = (axis: 0 | 1) =>
      s * s * s * start[axis] +
      3 * s * s * t * control[axis] +
      3 * s * t * t * secondControl[axis] +
      t * t * t * end[axis];
    return [at(0), at(1)];
  });
}

function join(...strokes: Stroke[]): Stroke {
  return strokes.flat();
}
