import { formatShape } from '../../common/errors';
import { quote } from '../../common/quote';
import type { Hdf5Dataset, Hdf5Group } from '../hdf5/Hdf5';
import type { WeightPlace } from './listPlaces';

/** An array of a file, and the weight that it is. */
export interface FoundWeight {
  /** Layer and weight: `conv/kernel`. */
  readonly name: string;
  /** Where it lies in the file. */
  readonly path: string;
  readonly dataset: Hdf5Dataset;
}

/** An array of a layer's group, by its name. */
export type NamedWeight = Omit<FoundWeight, 'name'>;

/**
 * Checks that an array has the shape that its layer says.
 *
 * @throws Error naming the layer and both shapes.
 */
export function requireShape(layer: string, { part, shape }: WeightPlace, dataset: Hdf5Dataset): void {
  const isRight =
    shape === undefined ||
    (shape.length === dataset.shape.length &&
      shape.every((size, axis) => size === undefined || size === dataset.shape[axis]));
  if (isRight) return;
  throw new Error(
    `the layer ${quote(layer)}: expected ${part} of shape ${formatShape(shape)}, got ${formatShape(dataset.shape)}; the weights are those of another model`,
  );
}

/** Finds what lies in a group by its path; a name may be a path itself. */
export function findObject(group: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | undefined {
  let found: Hdf5Group | Hdf5Dataset | undefined = group;
  for (const name of path.split('/').filter((each) => each !== '')) {
    found = found?.kind === 'group' ? found.children.get(name) : undefined;
  }
  return found;
}
