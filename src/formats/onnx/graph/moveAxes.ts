/** So many values are written in a row at a time, without a loop: a line of the cache, so that none is written twice. */
const TILE = 16;

/** An axis: how long it is, and how far from one place to the next it is in what is read and in what is written. */
interface Axis {
  readonly length: number;
  readonly read: number;
  readonly write: number;
}

/**
 * Puts the axes of an array into another order.
 *
 * @param from Numbers of four bytes, of whatever type: they are moved as they are. In a file they begin anywhere, so that only
 * a `DataView` reads them without a copy, and as fast.
 * @param shape Of `from`.
 * @param order For each axis of the result, which one of `from` it is.
 * @param into As many numbers as `from`.
 */
export function moveAxes(
  from: DataView,
  shape: readonly number[],
  order: readonly number[],
  into: Int32Array,
): void {
  if (into.length === 0) return;
  const axes = joinAxes(shape, order);
  // Written in a row, innermost; around it what is read in a row.
  const inner = axes.find(({ write }) => write === 1) ?? { length: 1, read: 1, write: 1 };
  const others = axes.filter((axis) => axis !== inner).sort((a, b) => b.read - a.read);
  const near = others.pop() ?? { length: 1, read: 1, write: 1 };
  for (let start = 0; start < inner.length; start += TILE) {
    const end = Math.min(inner.length, start + TILE);
    const at = others.map(() => 0);
    let [read, written] = [0, 0];
    for (;;) {
      moveRows(from, into, read, written, near, inner.read, start, end);
      let turn = others.length - 1;
      for (; turn >= 0; turn--) {
        const axis = others[turn]!;
        read += axis.read;
        written += axis.write;
        if (++at[turn]! < axis.length) break;
        read -= axis.read * axis.length;
        written -= axis.write * axis.length;
        at[turn] = 0;
      }
      if (turn < 0) break;
    }
  }
}

function moveRows(
  from: DataView,
  into: Int32Array,
  read: number,
  written: number,
  near: Axis,
  step: number,
  start: number,
  end: number,
): void {
  const { length, read: readStep, write: writeStep } = near;
  const apart = 4 * step;
  let source = 4 * (read + start * step);
  let place = written + start;
  for (let row = 0; row < length; row++, source += 4 * readStep, place += writeStep) {
    if (end - start === TILE) {
      into[place] = from.getInt32(source, true);
      into[place + 1] = from.getInt32(source + apart, true);
      into[place + 2] = from.getInt32(source + 2 * apart, true);
      into[place + 3] = from.getInt32(source + 3 * apart, true);
      into[place + 4] = from.getInt32(source + 4 * apart, true);
      into[place + 5] = from.getInt32(source + 5 * apart, true);
      into[place + 6] = from.getInt32(source + 6 * apart, true);
      into[place + 7] = from.getInt32(source + 7 * apart, true);
      into[place + 8] = from.getInt32(source + 8 * apart, true);
      into[place + 9] = from.getInt32(source + 9 * apart, true);
      into[place + 10] = from.getInt32(source + 10 * apart, true);
      into[place + 11] = from.getInt32(source + 11 * apart, true);
      into[place + 12] = from.getInt32(source + 12 * apart, true);
      into[place + 13] = from.getInt32(source + 13 * apart, true);
      into[place + 14] = from.getInt32(source + 14 * apart, true);
      into[place + 15] = from.getInt32(source + 15 * apart, true);
    } else {
      for (let index = 0; index < end - start; index++) {
        into[place + index] = from.getInt32(source + index * apart, true);
      }
    }
  }
}

/** The axes that are longer than one, those taken as one that stay side by side. */
function joinAxes(shape: readonly number[], order: readonly number[]): Axis[] {
  const [reads, writes] = [stepsOf(shape), stepsOf(order.map((axis) => shape[axis]!))];
  const axes: Axis[] = [];
  order.forEach((axis, place) => {
    const own = { length: shape[axis]!, read: reads[axis]!, write: writes[place]! };
    if (own.length === 1) return;
    const last = axes.at(-1);
    if (last?.read === own.read * own.length) {
      axes[axes.length - 1] = { ...own, length: last.length * own.length };
    } else axes.push(own);
  });
  return axes;
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
