import { toInt32 } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import { cut } from '../graph/cut';
import {
  arrange,
  isKnown,
  type Layout,
  numbersOf,
  type Output,
  placeOf,
  requireAxis,
  type Size,
  type Value,
} from '../graph/Value';
import { castTo } from './castTo';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';
import { readForRank } from './shape';

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
  const counts = readNumbers(repeats, 'repeats');
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

/** Whole numbers that an input holds. */
function readNumbers(value: Value, name: string): readonly number[] {
  const known = readKnown(value);
  const numbers = known && numbersOf(known);
  if (!numbers) throw new RangeError(`expected ${name} that are known when the file is read`);
  return numbers;
}

const GatherND: Operator = (node, inputs, graph) => {
  const [value, indices] = [required(inputs, 0), required(inputs, 1)];
  if (node.int('batch_dims', 0) !== 0) throw new Error('batch_dims other than 0 is not converted');
  const depth = Number(indices.shape.at(-1));
  if (!(depth <= value.shape.length))
    throw new RangeError(`expected indices of at most ${value.shape.length} axes, got [${indices.shape}]`);
  const lengths = value.shape.slice(0, depth);
  const from = countFromStart(graph, indices, lengths);
  const output = graph.put('GatherNd', [graph.read(value), from]);
  return {
    type: value.type,
    shape: [...indices.shape.slice(0, -1), ...value.shape.slice(depth)],
    layout: 'file',
    output,
  };
};

const ScatterND: Operator = (node, inputs, graph) => {
  const [value, indices, updates] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
  if (node.text('reduction', 'none') !== 'none') throw new Error('a reduction is not converted');
  const from = countFromStart(graph, indices, value.shape.slice(0, Number(indices.shape.at(-1))));
  const output = graph.put('TensorScatterUpdate', [graph.read(value), from, graph.read(updates)]);
  return { type: value.type, shape: value.shape, layout: 'file', output };
};

/** Indices of several axes, of which negative ones are counted from the end. */
function countFromStart(graph: GraphWriter, indices: Value, lengths: readonly Size[]): Output {
  const known = readKnown(indices);
  const numbers = known && numbersOf(known);
  const shape = numbersOf(indices.shape);
  if (numbers && shape && (isKnown(lengths) || numbers.every((index) => index >= 0))) {
    const whole = numbers.map((index, at) =>
      index < 0 ? index + Number(lengths[at % lengths.length]) : index,
    );
    return graph.ints(whole, shape);
  }
  const all = graph.read(indices);
  const isBefore = castTo(graph, graph.put('Less', [all, graph.int(0)]), 'int32');
  return graph.put('AddV2', [all, graph.put('Mul', [isBefore, graph.sizes(lengths)])]);
}

/** For each place of the indices the value at the same place, but along one axis where the index says. */
const GatherElements: Operator = (node, inputs, graph) => {
  const [value, indices] = [required(inputs, 0), required(inputs, 1)];
  const rank = value.shape.length;
  const axis = requireAxis(node.int('axis', 0), rank);
  const shape = numbersOf(indices.shape);
  if (!shape) throw new RangeError(`expected indices of a shape that is known, got [${indices.shape}]`);
  const flat = { ...indices, shape: [...shape, 1] };
  const along = countFromStart(graph, flat, [value.shape[axis]!]);
  const apart = graph.put('Reshape', [along, graph.ints([...shape, 1])]);
  const ones = graph.ints(Array<number>(shape.reduce((a, b) => a * b, 1)).fill(1), shape);
  const places = shape.map((size, own) => {
    if (own === axis) return apart;
    const numbers = graph.ints(
      Array.from({ length: size }, (_, at) => at),
      shape.map((_, at) => (at === own ? size : 1)),
    );
    return graph.put('Reshape', [graph.put('Mul', [ones, numbers]), graph.ints([...shape, 1])]);
  });
  const from = rank === 1 ? apart : graph.put('ConcatV2', [...places, graph.int(rank)], { N: rank });
  return {
    type: value.type,
    shape,
    layout: 'file',
    output: graph.put('GatherNd', [graph.read(value), from]),
  };
};

/** Blocks of channels become blocks of pixels. */
const DepthToSpace: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const size = node.int('blocksize');
  const [batch, depth, ...spatial] = value.shape;
  const channels = Number(depth) / (size * size);
  if (spatial.length !== 2 || !Number.isInteger(channels)) {
    throw new RangeError(`expected an image of channels in blocks of ${size * size}, got [${value.shape}]`);
  }
  let input = graph.read(value, 'last');
  if (node.text('mode', 'DCR') === 'CRD') {
    // The blocks of one channel side by side: the operation has the channels of one block side by side.
    const order = Array.from(
      { length: Number(depth) },
      (_, at) => (at % channels) * size * size + Math.floor(at / channels),
    );
    input = graph.put('GatherV2', [input, graph.ints(order), graph.int(3)]);
  }
  const shape = [
    batch!,
    channels,
    ...spatial.map((own) => (typeof own === 'number' ? own * size : graph.newSize())),
  ];
  const output = graph.put('DepthToSpace', [input], { block_size: size, data_format: 'NHWC' });
  return { type: value.type, shape, layout: 'last', output };
};

/** Blocks of pixels become blocks of channels. */
const SpaceToDepth: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const size = node.int('blocksize');
  const [batch, ...rest] = value.shape;
  const known = numbersOf(rest);
  if (known?.length !== 3 || known[1]! % size !== 0 || known[2]! % size !== 0) {
    throw new RangeError(`expected an image in blocks of ${size} by ${size} pixels, got [${value.shape}]`);
  }
  const [channels, height, width] = known as [number, number, number];
  const [rows, columns] = [height / size, width / size];
  const apart = graph.put('Reshape', [
    graph.read(value, 'last'),
    graph.ints([-1, rows, size, columns, size, channels]),
  ]);
  const moved = graph.put('Transpose', [apart, graph.ints([0, 1, 3, 2, 4, 5])]);
  const depth = size * size * channels;
  const output = graph.put('Reshape', [moved, graph.ints([-1, rows, columns, depth])]);
  return { type: value.type, shape: [batch!, depth, rows, columns], layout: 'last', output };
};

export const slicingOperators: Operators = {
  Concat,
  Split,
  Slice,
  Gather,
  Tile,
  GatherND,
  GatherElements,
  ScatterND,
  DepthToSpace,
  SpaceToDepth,
};
