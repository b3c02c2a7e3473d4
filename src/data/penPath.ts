import type { Point, Stroke } from './digitStrokes';

/** A point that the pen passes, in the box of the digit; at a corner it stops and turns. */
interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

/** What the pen passes from where it is set down to where it is lifted. */
export type PenPath = readonly PenPoint[];

/** Reads `'0,5 95,0! 45,140 / 25,70 85,65'`: points in hundredths, `!` after a corner, `/` between strokes. */
export function parsePen(text: string): PenPath[] {
  return text.split(' / ').map((path) =>
    path.split(' ').map((word) => {
      const [x, y] = word.replace('!', '').split(',').map(Number) as [number, number];
      return { x: x / 100, y: y / 100, corner: word.endsWith('!') };
    }),
  );
}

const STEPS = 5;

/** Draws a smooth curve through the points of a path: Catmull-Rom splines, one from each corner to the next. */
export function smoothPath(path: PenPath): Stroke {
  const stroke: Point[] = [[path[0]!.x, path[0]!.y]];
  for (let index = 1; index < path.length; index++) {
    const [start, end] = [path[index - 1]!, path[index]!];
    const before = start.corner ? start : (path[index - 2] ?? start);
    const after = end.corner ? end : (path[index + 1] ?? end);
    for (let step = 1; step <= STEPS; step++) {
      const t = step / STEPS;
      stroke.push([
        catmullRom(before.x, start.x, end.x, after.x, t),
        catmullRom(before.y, start.y, end.y, after.y, t),
      ]);
    }
  }
  return stroke;
}

/** Catmull and Rom, A class of local interpolating splines, 1974: the uniform cubic through `start` and `end`. */
function catmullRom(before: number, start: number, end: number, after: number, t: number): number {
  const slope = (end - before) / 2;
  const nextSlope = (after - start) / 2;
  const rise = end - start;
  return start + t * (slope + t * (3 * rise - 2 * slope - nextSlope + t * (slope + nextSlope - 2 * rise)));
}
