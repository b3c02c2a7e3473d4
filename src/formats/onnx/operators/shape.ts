import { dtypeOf, readElementType } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { broadcast, resolveReshape } from '../graph/shapes';
import {
  arrange,
  countOf,
  isKnown,
  type Layout,
  numbersOf,
  type Output,
  orderOf,
  placeOf,
  requireAxis,
  type Size,
  type Value,
} from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

const Identity: Operator = (_, inputs, graph) => {
  const value = required(inputs, 0);
  return { ...value, output: graph.put('Identity', [graph.read(value, value.layout)]) };
};

/** What is dropped in training is kept afterwards. */
const Dropout: Operator = (node, inputs, graph) => {
  if (node.outputCount > 1) throw new Error('its mask, a second output, is not converted');
  return Identity(node, inputs.slice(0, 1), graph);
};

const Cast: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const type = readElementType(node.int('to'));
  const DstT = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' }[dtypeOf(type)];
  return { ...value, type, output: graph.put('Cast', [graph.read(value, value.layout)], { DstT }) };
};

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

/** Puts values of known order into another shape, of which the graph finds what is open. */
function reshapeTo(graph: GraphWriter, value: Value, shape: readonly Size[], target?: Value): Value {
  const { type } = value;
  const channels = value.shape.slice(0, 2).every((size, axis) => size === shape[axis]);
  const stays = value.layout === 'last' && value.shape.length > 3 && shape.length > 3 && channels;
  const layout: Layout = stays ? 'last' : 'file';
  const input = graph.read(value, layout);
  const open = shape.filter((size) => typeof size === 'string').length;
  const output =
    target && open > 1 && layout === 'file'
      ? graph.put('Reshape', [input, graph.read(target)])
      : graph.reshape(input, arrange(shape, layout));
  return { type, shape, layout, output };
}

const Reshape: Operator = (node, inputs, graph) => {
  const [value, target] = [required(inputs, 0), inputs[1]];
  const sizes = target ? readKnown(target) : node.ints('shape');
  const allowsZero = node.int('allowzero', 0) === 1;
  if (sizes)
    return reshapeTo(graph, value, resolveReshape(value.shape, sizes, allowsZero, graph.newSize), target);
  const [rank] = target!.shape;
  if (typeof rank !== 'number') throw new RangeError('expected a shape of as many sizes as are known');
  const shape = Array.from({ length: rank }, () => graph.newSize());
  return {
    type: value.type,
    shape,
    layout: 'file',
    output: graph.put('Reshape', [graph.read(value), graph.read(target!)]),
  };
};

const Flatten: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const at = node.int('axis', 1);
  const axis = at === rank ? rank : requireAxis(at, rank);
  const join = (sizes: readonly Size[]): Size =>
    countOf(sizes) ?? (sizes.length === 1 ? sizes[0]! : graph.newSize());
  const shape = [join(value.shape.slice(0, axis)), join(value.shape.slice(axis))];
  if (typeof shape[0] === 'string' && typeof shape[1] === 'string' && axis === 1) {
    const sizes = graph.put('ConcatV2', [graph.sizes([shape[0]]), graph.ints([-1]), graph.int(0)], { N: 2 });
    return {
      type: value.type,
      shape,
      layout: 'file',
      output: graph.put('Reshape', [graph.read(value), sizes]),
    };
  }
  return reshapeTo(graph, value, shape);
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
  const shape = value.shape.filter((_, axis) => !axes.includes(axis));
  const { input, layout } = readForRank(graph, value, axes);
  if (axes.length === 0) return { ...value, output: graph.put('Identity', [input]) };
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
  const given = readAxes(node, inputs[1]);
  const rank = value.shape.length + given.length;
  const axes = given.map((axis) => requireAxis(axis, rank)).sort((a, b) => a - b);
  const left = [...value.shape];
  const shape = Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : left.shift()!));
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

const Concat: Operator = (node, inputs, graph) => {
  const values = inputs.filter((input) => input !== undefined);
  const first = required(values, 0);
  const rank = first.shape.length;
  const axis = requireAxis(node.int('axis'), rank);
  const layout: Layout = values.some((value) => value.layout === 'last' && !value.constant) ? 'last' : 'file';
  for (const { shape } of values) {
    if (shape.length !== rank) throw new RangeError(`expected shapes of ${rank} sizes, got [${shape}]`);
  }
  const shape = first.shape.map((size, at) => {
    const sizes = values.map((value) => value.shape[at]!);
    if (at === axis) return numbersOf(sizes)?.reduce((a, b) => a + b, 0) ?? graph.newSize();
    return sizes.find((other) => typeof other === 'number') ?? size;
  });
  const parts = values.map((value) => graph.read(value, layout));
  const place = graph.int(placeOf(axis, { layout, shape }));
  const output = graph.put('ConcatV2', [...parts, place], { N: parts.length });
  return { type: first.type, shape, layout, output };
};

const Split: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const axis = requireAxis(node.int('axis', 0), value.shape.length);
  const length = value.shape[axis]!;
  const given = inputs[1] ? readKnown(inputs[1]) : node.ints('split');
  if (!given || !isKnown(given))
    throw new RangeError('expected sizes of the parts that are known when the file is read');
  const count = given.length || node.int('num_outputs', node.outputCount);
  if (typeof length !== 'number')
    throw new RangeError(`expected a size that is known to split, got the shape [${value.shape}]`);
  const each = Math.ceil(length / count);
  const sizes =
    given.length > 0
      ? given
      : Array.from({ length: count }, (_, part) => Math.min(each, length - part * each));
  const sum = sizes.reduce((a, b) => a + b, 0);
  if (sum !== length || sizes.some((size) => size < 0))
    throw new RangeError(`expected parts of ${length}, got [${sizes}]`);
  const input = graph.read(value, value.layout);
  const place = placeOf(axis, value);
  const output = graph.put('SplitV', [input, graph.ints(sizes), graph.int(place)]);
  return sizes.map((size, index) => ({
    type: value.type,
    shape: value.shape.map((whole, at) => (at === axis ? size : whole)),
    layout: value.layout,
    output: graph.nth(output, index),
  }));
};

/** Negative indices are counted from the end. */
const Gather: Operator = (node, inputs, graph) => {
  const [value, indices] = [required(inputs, 0), required(inputs, 1)];
  const axis = requireAxis(node.int('axis', 0), value.shape.length);
  const shape = [...value.shape.slice(0, axis), ...indices.shape, ...value.shape.slice(axis + 1)];
  const known = readKnown(indices);
  const length = value.shape[axis]!;
  let from: Output;
  if (known && isKnown(known) && (typeof length === 'number' || known.every((index) => index >= 0))) {
    from = graph.ints(
      known.map((index) => (typeof length === 'number' ? requireAxis(index, length) : index)),
      indices.shape as number[],
    );
  } else {
    const whole = graph.read(indices);
    const isBefore = graph.put('Cast', [graph.put('Less', [whole, graph.int(0)])], { DstT: 'DT_INT32' });
    const size = typeof length === 'number' ? graph.int(length) : graph.reshape(graph.sizes([length]), []);
    from = graph.put('AddV2', [whole, graph.put('Mul', [isBefore, size])]);
  }
  const isSame = indices.shape.length === 1;
  const { input, layout } = isSame
    ? { input: graph.read(value, value.layout), layout: value.layout }
    : indices.shape.length === 0
      ? readForRank(graph, value, [axis])
      : { input: graph.read(value), layout: 'file' as const };
  const place = placeOf(axis, { layout, shape: value.shape });
  const output = graph.put('GatherV2', [input, from, graph.int(place)]);
  return { type: value.type, shape, layout: isSame ? layout : 'file', output };
};

const Slice: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const ask = (name: string, index: number) => (inputs[index] ? readKnown(inputs[index]) : node.ints(name));
  const [starts, ends] = [ask('starts', 1), ask('ends', 2)];
  const [axes, steps] = [ask('axes', 3), ask('steps', 4)];
  if (!starts || !ends || !axes || !steps || ![starts, ends, axes, steps].every(isKnown)) {
    throw new RangeError('expected a beginning and an end that are known when the file is read');
  }
  const { layout } = value;
  const shape = [...value.shape];
  const ranges = shape.map(() => ({ begin: 0, end: 0, step: 1, isWhole: true }));
  (starts as number[]).forEach((start, index) => {
    const axis = requireAxis(Number(axes[index] ?? index), rank);
    const step = Number(steps[index] ?? 1);
    if (step === 0) throw new RangeError('expected steps that lead somewhere, got 0');
    ranges[axis] = cut(start, Number(ends[index]), step, value.shape[axis]!);
    const { begin, end } = ranges[axis];
    const count = Math.max(0, Math.ceil((end - begin) / step));
    if (typeof value.shape[axis] === 'number') shape[axis] = count;
    else if (!ranges[axis].isWhole) shape[axis] = graph.newSize();
  });
  const lying = arrange(ranges, layout);
  const list = (key: 'begin' | 'end' | 'step') => graph.ints(lying.map((range) => range[key]));
  const mask = (isSet: (range: (typeof ranges)[number]) => boolean) =>
    lying.reduce((bits, range, place) => (isSet(range) ? bits | (1 << place) : bits), 0);
  const output = graph.put(
    'StridedSlice',
    [graph.read(value, layout), list('begin'), list('end'), list('step')],
    {
      begin_mask: mask(({ isWhole }) => isWhole),
      // From the last to the first: the end is before the first, which no index says.
      end_mask: mask(({ isWhole, step, end }) => isWhole || (step < 0 && end < 0)),
    },
  );
  return { type: value.type, shape, layout, output };
};

/** Where a slice begins and ends: within what there is, if that is known. */
function cut(start: number, end: number, step: number, length: Size) {
  if (typeof length === 'string') {
    if (start === 0 && step === 1 && end >= 2 ** 31 - 1) return { begin: 0, end: 0, step, isWhole: true };
    const isClear = step > 0 && Math.abs(start) < 2 ** 31 - 1;
    if (!isClear) throw new RangeError('expected a size that is known where values are taken backwards');
    return { begin: start, end: Math.min(end, 2 ** 31 - 1), step, isWhole: false };
  }
  const from = start < 0 ? start + length : start;
  const to = end < 0 ? end + length : end;
  const clip = (at: number, least: number, most: number) => Math.max(least, Math.min(most, at));
  const [begin, stop] =
    step > 0
      ? [clip(from, 0, length), clip(to, 0, length)]
      : [clip(from, -1, length - 1), end < -length ? -1 : clip(to, -1, length - 1)];
  return { begin, end: stop, step, isWhole: step > 0 && begin === 0 && stop === length && step === 1 };
}

const Expand: Operator = (_, inputs, graph) => {
  const [value, target] = [required(inputs, 0), required(inputs, 1)];
  const sizes = readKnown(target);
  if (!sizes) throw new RangeError('expected a shape that is known when the file is read');
  const shape = broadcast([value.shape, sizes], graph.newSize);
  const isKept = value.shape.length === shape.length && value.layout === 'last';
  const layout: Layout = isKept ? 'last' : 'file';
  const output = graph.put('BroadcastTo', [graph.read(value, layout), graph.sizes(arrange(shape, layout))]);
  return { type: value.type, shape, layout, output };
};

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
  Concat,
  Split,
  Slice,
  Gather,
  Expand,
};
