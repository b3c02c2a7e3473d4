import { foldedOf } from '../folding/Folded';
import type { Size, Value } from '../graph/Value';

/** The whole numbers that an input holds: a shape, axes; some may be sizes that are open. `undefined` if they are computed. */
export function readKnown(value: Value): readonly Size[] | undefined {
  const folded = foldedOf(value);
  return folded && Array.from(folded.data);
}
