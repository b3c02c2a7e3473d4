import { quote } from '../../common/quote';
import { type FoundWeight, type NamedWeight, requireShape } from './FoundWeight';
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
  return places.map((place, index) => {
    const weight = matched[index]!;
    requireShape(layer.name, place, weight.dataset);
    return { ...weight, name: place.name };
  });
}

/** `undefined` unless each of the weights has one name, and each name is one's. */
function matchNames(
  places: readonly WeightPlace[],
  given: readonly NamedWeight[],
): NamedWeight[] | undefined {
  if (places.length !== given.length) return undefined;
  const isOneLayer = new Set(places.map(({ layer }) => layer)).size === 1;
  const parts = given.map(({ path }) => listParts(path));
  const matched = places.map(({ part, layer }) => {
    const found = given.filter(
      ({ path }, index) => parts[index]!.includes(part) && (isOneLayer || `/${path}`.includes(`/${layer}/`)),
    );
    return found.length === 1 ? found[0] : undefined;
  });
  const isWhole = !matched.includes(undefined) && new Set(matched).size === given.length;
  return isWhole ? (matched as NamedWeight[]) : undefined;
}

function matchOrder(
  places: readonly WeightPlace[],
  given: readonly NamedWeight[],
): NamedWeight[] | undefined {
  const isSame =
    places.length === given.length && places.every((place, index) => isPart(place, given[index]!.path));
  return isSame ? [...given] : undefined;
}

function isPart({ part }: WeightPlace, path: string): boolean {
  return listParts(path).includes(part);
}

/** What the end of a path may stand for: a graph numbers what it has several of, and Keras 3 calls the kernel of a depthwise convolution a kernel. */
function listParts(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const parts = [name, name.replace(/_\d+$/, '')];
  return parts.includes('kernel') ? [...parts, 'depthwise_kernel'] : parts;
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
  const got = places.length === given.length ? 'them in another order' : String(given.length);
  return new Error(`the layer ${quote(layer.name)}: expected ${places.length} weights, got ${got}; ${end}`);
}
