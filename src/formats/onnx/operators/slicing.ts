import { toInt32 } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import { cut } from '../graph/cut';
import {
  arrange,
  isKnown,
  type Layout,
  numbersOf,
  placeOf,
  requireAxis,
  type Size,
  type Value,
} from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

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
  if (!(count >= 1 && count <= length)) throw new RangeError(`expected 1 to ${length} parts, got ${count}`);
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

const Slice: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const rank = value.shape.length;
  const ask = (name: string, index: number) => (inputs[index] ? readKnown(inputs[index]) : node.ints(name));
  const [starts, ends] = [ask('starts', 1), ask('ends', 2)];
  const [axes, steps] = [ask('axes', 3), ask('steps', 4)];
  if ((!starts || !ends || !isKnown(starts) || !isKnown(ends)) && inputs[1] && inputs[2]) {
    return sliceOpen(graph, value, [inputs[1], inputs[2]], axes, steps);
  }
  if (!starts || !ends || !axes || !steps || ![starts, ends, axes, steps].every(isKnown)) {
    throw new RangeError('expected a beginning and an end that are known when the file is read');
  }
  const { layout } = value;
  const shape = [...value.shape];
  const ranges = shape.map(() => ({ begin: 0, end: 0, step: 1, isWhole: true }));
  (starts as number[]).forEach((start, index) => {
    const axis = requireAxis(Number(axes[index] ?? index), rank);
    const step = Number(steps[index] ?? 1);
    ranges[axis] = cutOpen(start, Number(ends[index]), step, value.shape[axis]!);
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

/** A slice from where to where is found when the graph runs. */
function sliceOpen(
  graph: GraphWriter,
  value: Value,
  bounds: readonly [Value, Value],
  axes: readonly Size[] | undefined,
  steps: readonly Size[] | undefined,
): Value {
  const { shape, layout, type } = value;
  const isForward = steps && isKnown(steps) && steps.every((step) => step > 0);
  if (!axes || !isKnown(axes) || !isForward)
    throw new RangeError('expected axes and steps that are known when the file is read');
  const count = Number(bounds[0].shape[0]);
  const cutAxes = Array.from({ length: count }, (_, index) =>
    requireAxis(axes[index] ?? index, shape.length),
  );
  const order = arrange(
    shape.map((_, axis) => axis),
    layout,
  );
  const write = (bound: Value) => {
    const given = graph.read(bound);
    const parts = order.map((axis) => {
      const index = cutAxes.indexOf(axis);
      return index < 0 ? graph.ints([0]) : graph.put('Slice', [given, graph.ints([index]), graph.ints([1])]);
    });
    return parts.length === 1
      ? parts[0]!
      : graph.put('ConcatV2', [...parts, graph.int(0)], { N: parts.length });
  };
  const whole = order.reduce((mask, axis, place) => (cutAxes.includes(axis) ? mask : mask | (1 << place)), 0);
  const every = graph.ints(order.map((axis) => Number(steps[cutAxes.indexOf(axis)] ?? 1)));
  const output = graph.put(
    'StridedSlice',
    [graph.read(value, layout), write(bounds[0]), write(bounds[1]), every],
    {
      begin_mask: whole,
      end_mask: whole,
    },
  );
  const sizes = shape.map((size, axis) => (cutAxes.includes(axis) ? graph.newSize() : size));
  return { type, shape: sizes, layout, output };
}

/** Where a slice begins and ends: within what there is, if that is known. */
function cutOpen(start: number, end: number, step: number, length: Size) {
  if (typeof length === 'number') {
    const own = cut(start, end, step, length);
    return { ...own, isWhole: step === 1 && own.begin === 0 && own.end === length };
  }
  const isToEnd = end >= 2 ** 31 - 1;
  if (start === 0 && step === 1 && isToEnd) return { begin: 0, end: 0, step, isWhole: true };
  if (!(step > 0)) throw new RangeError('expected a size that is known where values are taken backwards');
  return { begin: start, end: toInt32(end), step, isWhole: false };
}

/** The number of repeats of each axis. */
const Tile: Operator = (_, inputs, graph) => {
  const [value, repeats] = [required(inputs, 0), required(inputs, 1)];
  const known = readKnown(repeats);
  const counts = known && numbersOf(known);
  if (!counts) {
    const shape = value.shape.map(() => graph.newSize());
    const output = graph.put('Tile', [graph.read(value), graph.read(repeats)]);
    return { type: value.type, shape, layout: 'file', output };
  }
  if (counts.length !== value.shape.length) {
    throw new RangeError(`expected ${value.shape.length} repeats, got ${counts.length}`);
  }
  const shape = value.shape.map((size, axis): Size => {
    if (typeof size === 'number') return size * counts[axis]!;
    return counts[axis] === 1 ? size : graph.newSize();
  });
  const { type, layout } = value;
  const output = graph.put('Tile', [graph.read(value, layout), graph.ints(arrange(counts, layout))]);
  return { type, shape, layout, output };
};

export const slicingOperators: Operators = {
  Concat,
  Split,
  Slice,
  Tile,
};
