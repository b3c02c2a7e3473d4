import { quote } from '../../common/quote';
import type { Hdf5Dataset, Hdf5Group } from '../hdf5/Hdf5';
import { type FoundWeight, requireShape } from './FoundWeight';
import type { LayerPlaces, WeightPlace } from './listPlaces';

/** What the folder of the layers is called, in Keras 2.12 too. */
export const LAYER_FOLDERS: readonly string[] = ['layers', '_layer_checkpoint_dependencies'];

/**
 * Finds the weights in a file of Keras 3, as `.keras` has it inside and `save_weights` writes it: folders that are called after the
 * classes of the layers, and in each `vars/0`, `vars/1`, …
 *
 * @throws Error naming the layer whose weights are missing, of another shape, or too many.
 */
export function findFolderWeights(root: Hdf5Group, layers: readonly LayerPlaces[]): FoundWeight[] {
  const used = new Set<Hdf5Dataset>();
  const found = layers.flatMap((layer) =>
    layer.weights.map((place) => {
      const [path, dataset] = findVariable(root, layer, place);
      requireShape(layer.name, place, dataset);
      used.add(dataset);
      return { name: place.name, path, dataset };
    }),
  );
  for (const name of LAYER_FOLDERS) requireNoOthers(root.children.get(name), [name], used, layers);
  return found;
}

function findVariable(root: Hdf5Group, layer: LayerPlaces, place: WeightPlace): [string, Hdf5Dataset] {
  const path = [...place.folder, 'vars', String(place.index)];
  let at: Hdf5Group | Hdf5Dataset | undefined = root;
  const names: string[] = [];
  for (const wanted of path) {
    if (at?.kind !== 'group') break;
    const { children }: Hdf5Group = at;
    // Parts that have no public name are called by the other one.
    const options = wanted === 'layers' ? LAYER_FOLDERS : [wanted, `_${wanted}`];
    const name = options.find((each) => children.has(each)) ?? wanted;
    names.push(name);
    at = children.get(name);
  }
  if (at?.kind === 'dataset') return [names.join('/'), at];
  throw new Error(
    `the layer ${quote(layer.name)} has no ${place.part} in the weights: expected ${quote(path.join('/'))}; save the model again, or take the weights of this one`,
  );
}

/** Checks that nothing is left; of random numbers only layers have a use that are trained. */
function requireNoOthers(
  object: Hdf5Group | Hdf5Dataset | undefined,
  path: readonly string[],
  used: ReadonlySet<Hdf5Dataset>,
  layers: readonly LayerPlaces[],
): void {
  if (object?.kind === 'group') {
    for (const [name, child] of object.children) {
      if (!/^_?(seed|random)_generators?$/.test(name)) requireNoOthers(child, [...path, name], used, layers);
    }
  } else if (object && !used.has(object)) {
    const place = quote(path.join('/'));
    const owner = layers.find(({ folder }) => folder[1] === path[1]);
    throw new Error(
      owner
        ? `the layer ${quote(owner.name)} is a ${owner.className}, of which the weight ${place} is not known; save the model as .h5, where weights have names`
        : `the weights have ${place}, for which the model has no layer; take the weights of this model`,
    );
  }
}
