import { quote } from '../../common/quote';
import { type FoundWeight, requireShape } from './FoundWeight';
import type { NamedWeight } from './findNamedWeights';
import type { LayerPlaces, WeightPlace } from './listPlaces';

/**
 * Finds out which array of a layer's group is which of its weights: by their names, or, where the names are those that the
 * layer had in another model or the graph made of them, by their order, as Keras itself does it.
 *
 * @throws Error naming the layer and the weight that is missing, of another shape, or too many.
 */
export function matchWeights(layer: LayerPlaces, given: readonly NamedWeight[]): FoundWeight[] {
  // What is not learned stands behind the rest, over all that is in a layer.
  const places = [
    ...layer.weights.filter(({ isTrainable }) => isTrainable),
    ...layer.weights.filter(({ isTrainable }) => !isTrainable),
  ];
  const matched = matchNames(places, given) ?? matchOrder(places, given);
  if (!matched) throw describeMismatch(layer, places, given);
  return places.flatMap((place, index) => {
    const weight = matched[index]!;
    requireShape(layer.name, place, weight.dataset);
    return place.isPassedOver ? [] : [{ ...weight, name: place.name }];
  });
}

/** `undefined` unless each of the weights has one name, and each name is one's. */
function matchNames(
  places: readonly WeightPlace[],
  given: readonly NamedWeight[],
): NamedWeight[] | undefined {
  const isOneLayer = new Set(places.map(({ layer }) => layer)).size === 1;
  const matched = places.map((place) => {
    const found = given.filter(
      ({ path }) => isPart(place, path) && (isOneLayer || `/${path}`.includes(`/${place.layer}/`)),
    );
    return found.length === 1 ? found[0] : undefined;
  });
  const isWhole = !matched.includes(undefined) && new Set(matched).size === given.length;
  return isWhole && matched.length === given.length ? (matched as NamedWeight[]) : undefined;
}

function matchOrder(
  places: readonly WeightPlace[],
  given: readonly NamedWeight[],
): NamedWeight[] | undefined {
  const isSame =
    places.length === given.length && places.every((place, index) => isPart(place, given[index]!.path));
  return isSame ? [...given] : undefined;
}

/** Keras 3 calls the kernel of a depthwise convolution a kernel; a graph numbers what it has several of. */
function isPart({ part }: WeightPlace, path: string): boolean {
  const name = /[^/]*$/.exec(path)![0];
  return [name, name.replace(/_\d+$/, '')].some(
    (each) => each === part || (part === 'depthwise_kernel' && each === 'kernel'),
  );
}

function describeMismatch(
  layer: LayerPlaces,
  places: readonly WeightPlace[],
  given: readonly NamedWeight[],
): Error {
  const end = 'take the weights of this model, or save it again';
  const missing = places.find((place) => !given.some(({ path }) => isPart(place, path)));
  if (missing)
    return new Error(`the layer ${quote(layer.name)} has no ${missing.part} in the weights; ${end}`);
  const surplus = given.find(({ path }) => !places.some((place) => isPart(place, path)));
  if (surplus) {
    return new Error(
      `the layer ${quote(layer.name)} has no weight ${quote(surplus.path)}, which the file has; ${end}`,
    );
  }
  return new Error(
    `the layer ${quote(layer.name)}: expected ${places.length} weights, got ${given.length} in another order; ${end}`,
  );
}
