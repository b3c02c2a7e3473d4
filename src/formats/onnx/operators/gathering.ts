import type { GraphWriter } from '../graph/createGraphWriter';
import {
  arrange,
  isKnown,
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

/** Negative indices are counted from the end. */
const Gather: Operator = (node, inputs, graph) => {
  const [value, indices] = [required(inputs, 0), required(inputs, 1)];
  const axis = requireAxis(node.int('axis', 0), value.shape.length);
  const shape = [...value.shape.slice(0, axis), ...indices.shape, ...value.shape.slice(axis + 1)];
  const isSame = indices.shape.length === 1;
  const { input, layout } = isSame
    ? { input: graph.read(value, value.layout), layout: value.layout }
    : indices.shape.length === 0
      ? readForRank(graph, value, [axis])
      : { input: graph.read(value), layout: 'file' as const };
  const place = placeOf(axis, { layout, shape: value.shape });
  const output =
    takeOne(graph, input, { shape: arrange(value.shape, layout), place, indices }) ??
    graph.put('GatherV2', [input, readIndices(graph, indices, value.shape[axis]!), graph.int(place)]);
  return { type: value.type, shape, layout: isSame ? layout : 'file', output };
};

/** Indices counted from the start of an axis. */
function readIndices(graph: GraphWriter, indices: Value, length: Size): Output {
  const known = readKnown(indices);
  if (known && isKnown(known) && (typeof length === 'number' || known.every((index) => index >= 0))) {
    return graph.ints(
      known.map((index) => (typeof length === 'number' ? requireAxis(index, length) : index)),
      indices.shape as number[],
    );
  }
  const whole = graph.read(indices);
  const isBefore = graph.put('Cast', [graph.put('Less', [whole, graph.int(0)])], { DstT: 'DT_INT32' });
  const size = typeof length === 'number' ? graph.int(length) : graph.reshape(graph.sizes([length]), []);
  return graph.put('AddV2', [whole, graph.put('Mul', [isBefore, size])]);
}

interface Taking {
  /** Of what is read, as it lies. */
  readonly shape: readonly Size[];
  readonly place: number;
  readonly indices: Value;
}

/** One place of an axis is cut out, which takes a fraction of the time; tfjs cuts more than 4 axes fast only in front. */
function takeOne(graph: GraphWriter, input: Output, { shape, place, indices }: Taking): Output | undefined {
  const { length: rank } = indices.shape;
  const isFast = shape.length <= 4 || shape.slice(0, place).every((size) => size === 1);
  const [index, ...others] = readKnown(indices) ?? [];
  const [length, isList] = [shape[place]!, rank === 1];
  if (!isFast || others.length > 0 || typeof index !== 'number' || rank > 1) return undefined;
  if (index < 0 && typeof length !== 'number') return undefined;
  const start = typeof length === 'number' ? requireAxis(index, length) : index;
  const cut = graph.put('Slice', [
    input,
    graph.ints(shape.map((_, axis) => (axis === place ? start : 0))),
    graph.ints(shape.map((_, axis) => (axis === place ? 1 : -1))),
  ]);
  return isList ? cut : graph.put('Squeeze', [cut], { squeeze_dims: [place] });
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

const MOST_PLACES = 2 ** 20;

/** For each place of the indices the value at the same place, but along one axis where the index says. */
const GatherElements: Operator = (node, inputs, graph) => {
  const [value, indices] = [required(inputs, 0), required(inputs, 1)];
  const rank = value.shape.length;
  const axis = requireAxis(node.int('axis', 0), rank);
  const shape = numbersOf(indices.shape);
  if (shape?.length !== rank) {
    throw new RangeError(`expected indices of ${rank} sizes that are known, got [${indices.shape}]`);
  }
  const flat = { ...indices, shape: [...shape, 1] };
  const along = countFromStart(graph, flat, [value.shape[axis]!]);
  const apart = graph.put('Reshape', [along, graph.ints([...shape, 1])]);
  const nothing = graph.put('ZerosLike', [graph.put('Reshape', [along, graph.ints(shape)])]);
  if (shape.some((size) => size > MOST_PLACES))
    throw new RangeError(`expected at most ${MOST_PLACES} indices along an axis`);
  const places = shape.map((size, own) => {
    if (own === axis) return apart;
    const numbers = graph.ints(
      Array.from({ length: size }, (_, at) => at),
      shape.map((_, at) => (at === own ? size : 1)),
    );
    return graph.put('Reshape', [graph.put('AddV2', [nothing, numbers]), graph.ints([...shape, 1])]);
  });
  const from = rank === 1 ? apart : graph.put('ConcatV2', [...places, graph.int(rank)], { N: rank });
  return {
    type: value.type,
    shape,
    layout: 'file',
    output: graph.put('GatherNd', [graph.read(value), from]),
  };
};

export const gatheringOperators: Operators = { Gather, GatherND, GatherElements, ScatterND };
