import { stepsOf } from '../graph/moveAxes';
import type { Size } from '../graph/Value';
import type { Folded } from './Folded';

/** Repeats numbers along the axes of a larger shape, as numpy does. */
export function spread({ shape, data }: Folded, into: readonly number[]): ArrayLike<Size> {
  if (shape.length === into.length && shape.every((size, axis) => size === into[axis])) return data;
  const own = [...Array.from({ length: into.length - shape.length }, () => 1), ...shape];
  const steps = stepsOf(own).map((step, axis) => (own[axis] === 1 ? 0 : step));
  const count = into.reduce((a, b) => a * b, 1);
  const places = new Int32Array(count);
  const at = into.map(() => 0);
  for (let index = 0, place = 0; index < count; index++) {
    places[index] = place;
    for (let axis = into.length - 1; axis >= 0; axis--) {
      place += steps[axis]!;
      if (++at[axis]! < into[axis]!) break;
      place -= steps[axis]! * into[axis]!;
      at[axis] = 0;
    }
  }
  return takeAt(data, places);
}

/** The numbers of some places, in an array as compact as the one that they come from. */
export function takeAt(data: ArrayLike<Size>, places: Int32Array): ArrayLike<Size> {
  if (Array.isArray(data)) return Array.from(places, (place) => data[place] as Size);
  return Float64Array.from(places, (place) => data[place] as number);
}
