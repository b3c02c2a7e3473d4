import type { layers } from '@tensorflow/tfjs-layers';
import { describeValue, formatShape } from '../../common/errors';
import { listNearest } from '../../common/listNearest';
import { quote, shorten } from '../../common/quote';
import { countParameters } from './countParameters';
import { isConvolutionLayer } from './isConvolutionLayer';

type Layer = layers.Layer;

/**
 * Which layers to look into: part of the layer's name, a regular expression for it, the exact names, or a function. A layer
 * in a model inside the model goes by its path, `'backbone/conv1'`, and so does one that another layer runs,
 * `'time_distributed/conv'`; part of a name with a `/` in it, and a regular expression, may match that too. The second use of
 * a shared layer is `'conv1:1'`. A function gets a layer that another one runs with the `outputShape` that it has here, which
 * is that of all time steps. For a graph model it gets no layer but the `name` of a node, and its operation from
 * `getClassName()`.
 */
export type LayerSelector = string | RegExp | readonly string[] | ((layer: Layer) => boolean);

/** What can be selected. */
export interface Selectable {
  readonly path: string;
  readonly layer: Pick<Layer, 'name' | 'getClassName'> & Partial<Pick<Layer, 'weights'>>;
  readonly shape?: readonly (number | null)[];
  /** The layer that runs this one, if one does. */
  readonly wrapper?: Pick<Layer, 'getClassName'>;
}

/** What somebody writes who means convolutions and no more: `conv`, `Conv2D`, `conv_1`. */
const MEANS_CONVOLUTIONS = /^[\W\d_]*conv(olution)?(\dd)?[\W\d_]*$/i;

/** Layers that are called after the convolution that they stand beside. */
const COMPANION =
  /^(InputLayer|BatchNormalization|LayerNormalization|Activation|(Leaky|P|Thresholded)?ReLU|ELU|Softmax|(Alpha|Gaussian|Spatial)?Dropout(\dD)?|GaussianNoise|ZeroPadding\dD|Cropping\dD)$/;

/**
 * Finds the uses of layers that a selector means, in the model's order; names given one by one keep theirs.
 *
 * @param selector The convolutions if there is none, by their class and whatever they are called. One that runs a convolution
 * stands for it.
 * @throws RangeError if no layer matches or a name is unknown or that of two layers, listing those that come nearest; if
 * `'conv'` matches layers that are called after convolutions and not one of these; TypeError if `selector` is none of the
 * kinds above.
 */
export function selectLayers<Use extends Selectable>(
  uses: readonly Use[],
  selector: LayerSelector | undefined,
): Use[] {
  if (selector === undefined) return selectConvolutions(uses);
  if (isNameList(selector)) return selectByName(uses, selector);

  const selected = uses.filter(toPredicate(selector));
  if (selected.length === 0) {
    const wanted =
      typeof selector === 'string'
        ? `a name containing ${describeValue(selector)}`
        : shorten(String(selector), 60);
    const got = typeof selector === 'function' ? 'a function that chose none' : wanted;
    throw withPaths(`layers: expected to match a layer, got ${got}`, uses, selector);
  }
  if (typeof selector === 'string') requireNoAccident(uses, selected, selector);
  return selected;
}

function selectConvolutions<Use extends Selectable>(uses: readonly Use[]): Use[] {
  const found = findConvolutions(uses);
  if (found.length > 0) return found;
  throw withPaths('layers: expected a choice, since the model has no convolution, got none', uses);
}

/** What runs a convolution shows what that puts out, so that one is not shown once more. */
function findConvolutions<Use extends Selectable>(uses: readonly Use[]): Use[] {
  return uses.filter(
    ({ layer, wrapper }) => isConvolutionLayer(layer) && !(wrapper && isConvolutionLayer(wrapper)),
  );
}

function selectByName<Use extends Selectable>(uses: readonly Use[], names: readonly string[]): Use[] {
  if (names.length === 0) throw withPaths('layers: expected at least one name, got none', uses);
  // Unlike `map`, `Array.from` does not pass over holes.
  return Array.from(names, (name, index) => {
    if (typeof name !== 'string') {
      throw new TypeError(`layers[${index}]: expected a layer's name, got ${describeValue(name)}`);
    }
    if (names.indexOf(name) !== index) {
      throw new RangeError(`layers[${index}]: expected every name once, got ${describeValue(name)} again`);
    }
    const [use, ...others] = uses.filter(({ path }) => path === name);
    if (!use) {
      throw withPaths(
        `layers[${index}]: expected the name of a layer, got ${describeValue(name)}`,
        uses,
        name,
      );
    }
    if (others.length > 0) {
      const all = [use, ...others].map((one) => `${quote(one.layer.name, 30)} (${describeLayer(one)})`);
      throw new RangeError(
        `layers[${index}]: expected the path of one layer, got ${describeValue(name)}, which is that of ${all.join(' and ')}; ` +
          `a function tells them apart: (layer) => layer.name === ${quote(use.layer.name, 30)}`,
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
  if (typeof selector === 'function') return (use) => Boolean(selector(withShape(use)));
  throw new TypeError(
    `layers: expected part of a name, a regular expression, an array of names or a function, got ${describeValue(selector)}`,
  );
}

/** A layer that another one runs has an output shape that cannot be read: it says what it puts out here. */
function withShape({ layer, shape, wrapper }: Selectable): Layer {
  return (wrapper ? Object.create(layer, { outputShape: { value: shape } }) : layer) as Layer;
}

/** `'conv'` may match `conv1_bn` and `conv1_relu` where the convolution is called `Conv1`. */
function requireNoAccident(
  uses: readonly Selectable[],
  selected: readonly Selectable[],
  selector: string,
): void {
  const isMeant = ({ layer }: Selectable) => layer.name === selector || !COMPANION.test(layer.getClassName());
  if (!MEANS_CONVOLUTIONS.test(selector) || selected.some(isMeant)) return;
  const convolutions = findConvolutions(uses);
  if (convolutions.length === 0) return;
  const wanted = describeValue(selector);
  const matched = selected.map(({ path }) => path);
  const write = (path: string, index: number) =>
    `${quote(path)} (${shorten(selected[index]!.layer.getClassName(), 30)})`;
  throw new RangeError(
    `layers: expected to match a convolution, got ${wanted}, which matches only ${listNearest(matched, undefined, write, 110)}; the convolutions are ` +
      `${listNearest(
        convolutions.map(({ path }) => path),
        selector,
        undefined,
        110,
      )}; leave \`layers\` out for all of them`,
  );
}

function isNameList(selector: LayerSelector): selector is readonly string[] {
  return Array.isArray(selector);
}

/** Letters of a message at the most, without what follows a list that is cut. */
const MOST_LETTERS = 380;

/** An error of these words that goes on to say what layers there are. */
function withPaths(words: string, uses: readonly Selectable[], asked?: unknown): RangeError {
  const start = `${words}; the model has `;
  const names = uses.map(({ path }) => path);
  const write = (path: string, index: number) => `${quote(path)} (${describeLayer(uses[index]!)})`;
  const described = listNearest(names, asked, write, MOST_LETTERS - start.length);
  // Rather all names than some with what they are.
  const isCut = names.length <= 10 && / more$/.test(described);
  return new RangeError(start + (isCut ? listNearest(names, asked) : described));
}

function describeLayer({ layer, shape }: Selectable): string {
  const count = layer.weights && countParameters(layer as Layer);
  const facts = [
    shorten(layer.getClassName(), 30),
    shape && formatShape(shape),
    count && `${count} parameters`,
  ];
  return facts.filter(Boolean).join(', ');
}
