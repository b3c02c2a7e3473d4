import type { layers } from '@tensorflow/tfjs-layers';
import { describeValue } from '../errors';
import type { LayerUse } from './listUses';

type Layer = layers.Layer;

/**
 * Which layers to look into: part of the layer's name, a regular expression for it, the exact names, or a function. A layer
 * in a model inside the model goes by its path, `'backbone/conv1'`; part of a name with a `/` in it, and a regular
 * expression, may match that too. The second use of a shared layer is `'conv1:1'`.
 */
export type LayerSelector = string | RegExp | readonly string[] | ((layer: Layer) => boolean);

/**
 * Finds the uses of layers that a selector means, in the model's order; names given one by one keep theirs.
 *
 * @throws RangeError if no layer matches or a name is unknown, listing the layers there are; TypeError if `selector` is
 * none of the kinds above.
 */
export function selectLayers(uses: readonly LayerUse[], selector: LayerSelector): LayerUse[] {
  if (isNameList(selector)) return selectByName(uses, selector);

  const selected = uses.filter(toPredicate(selector));
  if (selected.length === 0) {
    const wanted =
      typeof selector === 'string' ? `a name containing ${JSON.stringify(selector)}` : String(selector);
    throw new RangeError(
      `layers: expected to match a layer, got ${typeof selector === 'function' ? 'a function that chose none' : wanted}; ${listNames(uses)}`,
    );
  }
  return selected;
}

function selectByName(uses: readonly LayerUse[], names: readonly string[]): LayerUse[] {
  if (names.length === 0)
    throw new RangeError(`layers: expected at least one name, got none; ${listNames(uses)}`);
  return names.map((name, index) => {
    if (typeof name !== 'string') {
      throw new TypeError(`layers[${index}]: expected a layer's name, got ${describeValue(name)}`);
    }
    if (names.indexOf(name) !== index) {
      throw new RangeError(`layers[${index}]: expected every name once, got ${JSON.stringify(name)} again`);
    }
    const use = uses.find(({ path }) => path === name);
    if (!use) {
      throw new RangeError(
        `layers[${index}]: expected the name of a layer, got ${JSON.stringify(name)}; ${listNames(uses)}`,
      );
    }
    return use;
  });
}

function toPredicate(selector: Exclude<LayerSelector, readonly string[]>): (use: LayerUse) => boolean {
  if (typeof selector === 'string') {
    return ({ layer, path }) => (selector.includes('/') ? path : layer.name).includes(selector);
  }
  // `search` starts at the beginning whatever the expression's lastIndex, where `test` would skip with the g flag.
  if (selector instanceof RegExp) {
    return ({ layer, path }) => layer.name.search(selector) >= 0 || path.search(selector) >= 0;
  }
  if (typeof selector === 'function') return ({ layer }) => Boolean(selector(layer));
  throw new TypeError(
    `layers: expected part of a name, a regular expression, an array of names or a function, got ${describeValue(selector)}`,
  );
}

function isNameList(selector: LayerSelector): selector is readonly string[] {
  return Array.isArray(selector);
}

function listNames(uses: readonly LayerUse[]): string {
  return `the model has ${uses.map(({ path }) => JSON.stringify(path)).join(', ')}`;
}
