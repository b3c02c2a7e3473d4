import { type ElementType, readElementType } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { broadcast, dropAxes, insertAxes, resolveReshape } from '../graph/shapes';
import {
  arrange,
  countOf,
  isKnown,
  type Layout,
  type Output,
  orderOf,
  placeOf,
  requireAxis,
  type Size,
  type Value,
} from '../graph/Value';
import { castTo } from './castTo';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

const Identity: Operator = (_, inputs, graph) => {
  const value = required(inputs, 0);
  return { ...value, output: graph.put('Identity', [graph.read(value, value.layout)]) };
};

/** What is dropped in training is kept afterwards. */
const Dropout: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const input = graph.read(value, value.layout);
  const kept: Value = { ...value, output: graph.put('Identity', [input]) };
  if (node.outputCount === 1) return kept;
  const mask = castTo(graph, graph.put('OnesLike', [input]), 'bool');
  return [kept, { type: 'bool', shape: value.shape, layout: value.layout, output: mask }];
};

function cast(graph: GraphWriter, value: Value, type: ElementType): Value {
  return {
    type,
    shape: value.shape,
    layout: value.layout,
    output: castTo(graph, graph.read(value, value.layout), type),
  };
}

const Cast: Operator = (node, inputs, graph) =>
  cast(graph, required(inputs, 0), readElementType(node.int('to')));

const CastLike: Operator = (_, inputs, graph) => cast(graph, required(inputs, 0), required(inputs, 1).type);

const Shape: Operator = (node, inputs, graph) => {
  const { shape } = required(inputs, 0);
  const sizes = shape.slice(node.int('start', 0), node.int('end', shape.length));
  return { type: 'int64', shape: [sizes.length], layout: 'file', output: graph.sizes(sizes) };
};

const countValues: Operator = (_, inputs, graph) => {
  const value = required(inputs, 0);
  return {
    type: 'int64',
    shape: [],
    layout: 'file',
    output: graph.put('Size', [graph.read(value, value.layout)]),
  };
};

/**
 * Puts values into another shape, in which channels and what stands before them may stay where they lie.
 *
 * @param target The shape for when the graph runs, where more than one size of it is open.
 */
function reshapeTo(graph: GraphWriter, value: Value, shape: readonly Size[], target?: () => Output): Value {
  const channels = value.shape.slice(0, 2).every((size, axis) => size === shape[axis]);
  const stays = value.layout === 'last' && value.shape.length > 3 && shape.length > 3 && channels;
  const layout: Layout = stays ? 'last' : 'file';
  const input = graph.read(value, layout);
  const open = shape.filter((size) => typeof size === 'string').length;
  const output =
    target && open > 1 && layout === 'file'
      ? graph.put('Reshape', [input, target()])
      : graph.reshape(input, arrange(shape, layout));
  return { type: value.type, shape, layout, output };
}

const Reshape: Operator = (node, inputs, graph) => {
  const [value, target] = [required(inputs, 0), inputs[1]];
  const sizes = target ? readKnown(target) : node.ints('shape');
  const allowsZero = node.int('allowzero', 0) === 1;
  if (sizes) {
    const shape = resolveReshape(value.shape, sizes, allowsZero, graph.newSize);
    // tfjs does not know 0 as a size to keep.
    const isPlain = target && !target.constant && (allowsZero || !sizes.includes(0));
    const kept = sizes.map((size, axis) => (size === -1 ? size : shape[axis]!));
    return reshapeTo(graph, value, shape, () => (isPlain ? graph.read(target) : graph.sizes(kept)));
  }
  const [rank] = target!.shape;
  if (typeof rank !== 'number') throw new RangeError('expected a shape of as many sizes as are known');
  const shape = Array.from({ length: rank }, () => graph.newSize());
  const output = graph.put('Reshape', [graph.read(value), graph.read(target!)]);
  return { type: value.type, shape, layout: 'file', output };
};

const Flatten: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const at = node.int('axis', 1);
  const axis = at === rank ? rank : requireAxis(at, rank);
  const join = (sizes: readonly Size[]): Size =>
    countOf(sizes) ?? (sizes.length === 1 ? sizes[0]! : graph.newSize());
  const shape = [join(value.shape.slice(0, axis)), join(value.shape.slice(axis))];
  return reshapeTo(graph, value, shape, () =>
    graph.sizes([axis === 1 ? shape[0]! : -1, axis === 1 ? -1 : shape[1]!]),
  );
};

/** The axes that a node names: in an input since opset 13, before that in a setting. */
export function readAxes(node: FileNode, input: Value | undefined): readonly number[] {
  if (!input) return node.ints('axes');
  const axes = readKnown(input);
  if (!axes || !isKnown(axes)) throw new RangeError('expected axes that are known when the file is read');
  return axes;
}

const Squeeze: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const given = readAxes(node, inputs[1]).map((axis) => requireAxis(axis, rank));
  const axes = given.length > 0 ? given : value.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (axes.length === 0)
    return { ...value, output: graph.put('Identity', [graph.read(value, value.layout)]) };
  const shape = dropAxes(value.shape, axes);
  const { input, layout } = readForRank(graph, value, axes);
  const places = axes.map((axis) => placeOf(axis, { ...value, layout })).sort((a, b) => a - b);
  return {
    type: value.type,
    shape,
    layout: 'file',
    output: graph.put('Squeeze', [input], { squeeze_dims: places }),
  };
};

/** Reads a value some axes of which vanish: as it lies if what is left is in the file's order then. */
export function readForRank(
  graph: GraphWriter,
  value: Value,
  axes: readonly number[],
): { readonly input: Output; readonly layout: Layout } {
  const left = orderOf(value.layout, value.shape.length).filter((axis) => !axes.includes(axis));
  // Axes of size 1 may stand anywhere.
  const moving = left.filter((axis) => value.shape[axis] !== 1);
  const isInOrder =
    left.length === moving.length || axes.length === 0 ? isSorted(left) : isSorted(left) && isSorted(moving);
  const layout = isInOrder || axes.length === 0 ? value.layout : 'file';
  return { input: graph.read(value, layout), layout };
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > numbers[index - 1]!);
}

const Unsqueeze: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const { shape, axes } = insertAxes(value.shape, readAxes(node, inputs[1]));
  const output = axes.reduce(
    (input, axis) => graph.put('ExpandDims', [input, graph.int(axis)]),
    graph.read(value),
  );
  return { type: value.type, shape, layout: 'file', output };
};

/** Where the axes come to lie as they are wanted, or as channels last, nothing is moved. */
const Transpose: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const given = node.ints('perm').map((axis) => requireAxis(axis, rank));
  const order = given.length > 0 ? given : Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (order.length !== rank || new Set(order).size !== rank)
    throw new RangeError(`expected an order of ${rank} axes, got [${given}]`);
  const shape = order.map((axis) => value.shape[axis]!);
  const input = graph.read(value, value.layout);
  const lying = orderOf(value.layout, rank);
  for (const layout of ['file', 'last'] as const) {
    if (layout === 'last' && rank < 4) continue;
    const wanted = orderOf(layout, rank).map((axis) => order[axis]!);
    if (wanted.every((axis, place) => axis === lying[place])) {
      return { type: value.type, shape, layout, output: graph.put('Identity', [input]) };
    }
  }
  const places = order.map((axis) => lying.indexOf(axis));
  return {
    type: value.type,
    shape,
    layout: 'file',
    output: graph.put('Transpose', [input, graph.ints(places)]),
  };
};

const Expand: Operator = (_, inputs, graph) => {
  const [value, target] = [required(inputs, 0), required(inputs, 1)];
  const { type } = value;
  const sizes = readKnown(target);
  if (!sizes) return expandOpen(graph, value, target);
  const shape = broadcast([value.shape, sizes], graph.newSize);
  const isKept = value.shape.length === shape.length && value.layout === 'last';
  const layout: Layout = isKept ? 'last' : 'file';
  const output = graph.put('BroadcastTo', [graph.read(value, layout), graph.sizes(arrange(shape, layout))]);
  return { type, shape, layout, output };
};

/** Stretches to a shape that is found when the graph runs; where it says 1, what is there stays. */
function expandOpen(graph: GraphWriter, value: Value, target: Value): Value {
  const [rank] = target.shape;
  const own = value.shape.length;
  if (typeof rank !== 'number' || rank < own)
    throw new RangeError('expected a shape of at least as many sizes as the value has');
  const shape = Array.from({ length: rank }, () => graph.newSize());
  const input =
    rank === own
      ? graph.read(value)
      : graph.reshape(graph.read(value), [...Array<number>(rank - own).fill(1), ...value.shape]);
  const sizes = graph.put('Maximum', [graph.put('Shape', [input]), graph.read(target)]);
  return { type: value.type, shape, layout: 'file', output: graph.put('BroadcastTo', [input, sizes]) };
}

export const shapeOperators: Operators = {
  Identity,
  Dropout,
  Cast,
  Shape,
  Size: countValues,
  Reshape,
  Flatten,
  Squeeze,
  Unsqueeze,
  Transpose,
  CastLike,
  Expand,
};
