import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { describeValue } from '../errors';

type Layer = layers.Layer;

/**
 * Which layers to look into: part of the layer's name, a regular expression for it, the exact names, or a function.
 */
export type LayerSelector = string | RegExp | readonly string[] | ((layer: Layer) => boolean);

/**
 * Finds the layers of a model that a selector means, in the model's order; names given one by one keep theirs.
 *
 * @throws RangeError if no layer matches or a name is unknown, listing the layers there are; TypeError if `selector` is
 * none of the kinds above.
 */
export function selectLayers(model: LayersModel, selector: LayerSelector): Layer[] {
  if (isNameList(selector)) return selectByName(model, selector);

  const selected = model.layers.filter(toPredicate(selector));
  if (selected.length === 0) {
    const wanted =
      typeof selector === 'string' ? `a name containing ${JSON.stringify(selector)}` : String(selector);
    throw new RangeError(
      `layers: expected to match a layer, got ${typeof selector === 'function' ? 'a function that chose none' : wanted}; ${listNames(model)}`,
    );
  }
  return selected;
}

function selectByName(model: LayersModel, names: readonly string[]): Layer[] {
  if (names.length === 0)
    throw new RangeError(`layers: expected at least one name, got none; ${listNames(model)}`);
  return names.map((name, index) => {
    if (typeof name !== 'string') {
      throw new TypeError(`layers[${index}]: expected a layer's name, got ${describeValue(name)}`);
    }
    if (names.indexOf(name) !== index) {
      throw new RangeError(`layers[${index}]: expected every name once, got ${JSON.stringify(name)} again`);
    }
    const layer = model.layers.find((candidate) => candidate.name === name);
    if (!layer) {
      throw new RangeError(
        `layers[${index}]: expected the name of a layer, got ${JSON.stringify(name)}; ${listNames(model)}`,
      );
    }
    return layer;
  });
}

function toPredicate(selector: Exclude<LayerSelector, readonly string[]>): (layer: Layer) => boolean {
  if (typeof selector === 'string') return (layer) => layer.name.includes(selector);
  // `search` starts at the beginning whatever the expression's lastIndex, where `test` would skip with the g flag.
  if (selector instanceof RegExp) return (layer) => layer.name.search(selector) >= 0;
  if (typeof selector === 'function') return (layer) => Boolean(selector(layer));
  throw new TypeError(
    `layers: expected part of a name, a regular expression, an array of names or a function, got ${describeValue(selector)}`,
  );
}

function isNameList(selector: LayerSelector): selector is readonly string[] {
  return Array.isArray(selector);
}

function listNames(model: LayersModel): string {
  return `the model has ${model.layers.map((layer) => JSON.stringify(layer.name)).join(', ')}`;
}
