import type { layers } from '@tensorflow/tfjs-layers';
import { describeValue, formatShape } from '../../common/errors';

type Layer = layers.Layer;

/**
 * Which layers to look into: part of the layer's name, a regular expression for it, the exact names, or a function. A layer
 * in a model inside the model goes by its path, `'backbone/conv1'`; part of a name with a `/` in it, and a regular
 * expression, may match that too. The second use of a shared layer is `'conv1:1'`. For a graph model the
 * function gets no layer but the `name` of a node, and its operation from `getClassName()`.
 */
export type LayerSelector = string | RegExp | readonly string[] | ((layer: Layer) => boolean);

/** What can be selected. */
export interface Selectable {
  readonly path: string;
  readonly layer: Pick<Layer, 'name' | 'getClassName'> & Partial<Pick<Layer, 'countParams'>>;
  readonly shape?: readonly (number | null)[];
}

/**
 * Finds the uses of layers that a selector means, in the model's order; names given one by one keep theirs.
 *
 * @throws RangeError if no layer matches or a name is unknown, listing the layers there are; TypeError if `selector` is
 * none of the kinds above.
 */
export function selectLayers<Use extends Selectable>(
  uses: readonly Use[],
  selector: LayerSelector = 'conv',
): Use[] {
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

function selectByName<Use extends Selectable>(uses: readonly Use[], names: readonly string[]): Use[] {
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

function toPredicate(selector: Exclude<LayerSelector, readonly string[]>): (use: Selectable) => boolean {
  if (typeof selector === 'string') {
    return ({ layer, path }) => (selector.includes('/') ? path : layer.name).includes(selector);
  }
  // `search` starts at the beginning whatever the expression's lastIndex, where `test` would skip with the g flag.
  if (selector instanceof RegExp) {
    return ({ layer, path }) => layer.name.search(selector) >= 0 || path.search(selector) >= 0;
  }
  if (typeof selector === 'function') return ({ layer }) => Boolean(selector(layer as Layer));
  throw new TypeError(
    `layers: expected part of a name, a regular expression, an array of names or a function, got ${describeValue(selector)}`,
  );
}

function isNameList(selector: LayerSelector): selector is readonly string[] {
  return Array.isArray(selector);
}

function listNames(uses: readonly Selectable[]): string {
  const names = uses.map(({ path, layer, shape }) => {
    const count = layer.countParams?.();
    const facts = [layer.getClassName(), shape && formatShape(shape), count && `${count} parameters`];
    return `${JSON.stringify(path)} (${facts.filter(Boolean).join(', ')})`;
  });
  return `the model has ${names.join(', ')}`;
}
