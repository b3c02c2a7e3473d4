import type { Numbers } from '../file/elementTypes';

/** So many values of a row are moved at a time: the lines of memory that they are read from stay in the cache. */
const TILE = 64;

/**
 * Puts the axes of an array into another order.
 *
 * @param shape Of `from`.
 * @param order For each axis of the result, which one of `from` it is.
 * @param into As many numbers as `from`.
 */
export function moveAxes(
  from: Numbers,
  shape: readonly number[],
  order: readonly number[],
  into: Numbers,
): void {
  const rank = shape.length;
  const readSteps = stepsOf(shape);
  const writeSteps: number[] = [];
  stepsOf(order.map((axis) => shape[axis]!)).forEach((step, place) => {
    writeSteps[order[place]!] = step;
  });
  // Innermost the axis that is written in a row, around it the one that is read in a row.
  const inner = order[rank - 1]!;
  const second = inner === rank - 1 ? order[rank - 2] : rank - 1;
  const outer = order.filter((axis) => axis !== inner && axis !== second);
  const axes = second === undefined ? outer : [...outer, second];
  const [length, step] = [shape[inner]!, readSteps[inner]!];
  if (from.length === 0) return;
  for (let start = 0; start < length; start += TILE) {
    const end = Math.min(length, start + TILE);
    const at = axes.map(() => 0);
    let [read, written] = [0, 0];
    for (;;) {
      for (let index = start, source = read + start * step; index < end; index++, source += step) {
        into[written + index] = from[source]!;
      }
      let turn = axes.length - 1;
      for (; turn >= 0; turn--) {
        const axis = axes[turn]!;
        read += readSteps[axis]!;
        written += writeSteps[axis]!;
        if (++at[turn]! < shape[axis]!) break;
        read -= readSteps[axis]! * shape[axis]!;
        written -= writeSteps[axis]! * shape[axis]!;
        at[turn] = 0;
      }
      if (turn < 0) break;
    }
  }
}

/** How far it is from one place of each axis to the next. */
export function stepsOf(shape: readonly number[]): number[] {
  const steps: number[] = [];
  for (let axis = shape.length - 1, step = 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= shape[axis]!;
  }
  return steps;
}
