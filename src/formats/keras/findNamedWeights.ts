import { quote } from '../../common/quote';
import type { Hdf5Group } from '../hdf5/Hdf5';
import { type FoundWeight, findObject, type NamedWeight } from './FoundWeight';
import { MODEL } from './KerasConfig';
import type { LayerPlaces } from './listPlaces';
import { matchWeights } from './matchWeights';
import { readList } from './readList';

/**
 * Finds the weights in a file of Keras 2, as `.h5` has them: a group for each layer, with a list of the names of its weights.
 * Groups go by the names of the layers or, where the model has other names, by their order.
 *
 * @param group With `layer_names`.
 * @throws Error naming the layer whose weights are missing, of another shape, or too many.
 */
export function findNamedWeights(group: Hdf5Group, layers: readonly LayerPlaces[]): FoundWeight[] {
  const named = new Map(
    (readList(group, 'layer_names') ?? [...group.children.keys()]).map((name) => [
      name,
      listNamed(group, name),
    ]),
  );
  const written = [...named.keys()].filter((name) => named.get(name)!.length > 0);
  const names = new Set(layers.map(({ name }) => name));
  const stranger = written.find((name) => !names.has(name));
  if (stranger === undefined) {
    return layers.flatMap((layer) => matchLayer(layer, named.get(layer.name) ?? []));
  }
  const holders = layers.filter(({ weights }) => weights.length > 0);
  if (holders.length !== written.length) {
    throw new Error(
      `the weights have the layer ${quote(stranger)}, which the model does not have; take the weights of this model`,
    );
  }
  return holders.flatMap((layer, index) => matchLayer(layer, named.get(written[index]!)!));
}

function matchLayer(layer: LayerPlaces, given: readonly NamedWeight[]): FoundWeight[] {
  // Of a class of somebody's own it is not known what weights it has, but here they have names.
  if (layer.weights.length === 0 && !MODEL.test(layer.className)) {
    return given.map((weight) => ({ ...weight, name: `${layer.name}/${/[^/]*$/.exec(weight.path)![0]}` }));
  }
  return matchWeights(layer, given);
}

/** The arrays of a layer in the order of its weights; states of random numbers are none. */
function listNamed(group: Hdf5Group, layer: string): NamedWeight[] {
  const layerGroup = findObject(group, layer);
  if (layerGroup?.kind !== 'group') return [];
  return (readList(layerGroup, 'weight_names') ?? [])
    .filter((name) => !/(^|\/)seed_generator/.test(name))
    .map((name) => {
      const dataset = findObject(layerGroup, name);
      if (dataset?.kind !== 'dataset') {
        throw new Error(
          `the layer ${quote(layer)} has no array ${quote(name)}, which it lists; save the model again`,
        );
      }
      // TensorFlow counts what an operation puts out.
      return { path: name.replace(/:\d+$/, ''), dataset };
    });
}
