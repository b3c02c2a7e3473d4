import type { GraphWriter } from '../graph/createGraphWriter';
import { type Output, placeOf, requireAxis } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';
import { readAxes, readForRank } from './shape';

/** Takes some axes together; all where none is named. */
function reduce(
  write: (
    graph: GraphWriter,
    input: Output,
    axes: Output,
    keepDims: { readonly keep_dims: boolean },
  ) => Output,
): Operator {
  return (node, inputs, graph) => {
    const value = required(inputs, 0);
    const rank = value.shape.length;
    const given = readAxes(node, inputs[1]).map((axis) => requireAxis(axis, rank));
    if (given.length === 0 && node.int('noop_with_empty_axes', 0) === 1) {
      return { ...value, output: graph.put('Identity', [graph.read(value, value.layout)]) };
    }
    const axes = given.length > 0 ? given : value.shape.map((_, axis) => axis);
    const keep_dims = node.int('keepdims', 1) === 1;
    const { input, layout } = keep_dims
      ? { input: graph.read(value, value.layout), layout: value.layout }
      : readForRank(graph, value, axes);
    const places = axes.map((axis) => placeOf(axis, { layout, shape: value.shape }));
    const output = write(graph, input, graph.ints(places), { keep_dims });
    const shape = keep_dims
      ? value.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : value.shape.filter((_, axis) => !axes.includes(axis));
    return { type: value.type, shape, layout: keep_dims ? layout : 'file', output };
  };
}

function by(op: string): Operator {
  return reduce((graph, input, axes, settings) => graph.put(op, [input, axes], settings));
}

/** The logarithm of a sum of exponentials, from which the largest is taken first: none is beyond what floats hold. */
const logSumExp = reduce((graph, input, axes, { keep_dims }) => {
  const largest = graph.put('Max', [input, axes], { keep_dims: true });
  const sum = graph.put('Sum', [graph.put('Exp', [graph.put('Sub', [input, largest])]), axes], { keep_dims });
  const back = keep_dims ? largest : graph.put('Max', [input, axes], { keep_dims });
  return graph.put('AddV2', [graph.put('Log', [sum]), back]);
});

/** The place of the largest value, or the smallest, along an axis. */
function place(op: 'ArgMax' | 'ArgMin'): Operator {
  return (node, inputs, graph) => {
    const value = required(inputs, 0);
    const axis = requireAxis(node.int('axis', 0), value.shape.length);
    if (node.int('select_last_index', 0) === 1) throw new Error('select_last_index is not converted');
    const keeps = node.int('keepdims', 1) === 1;
    const { input, layout } = keeps
      ? { input: graph.read(value, value.layout), layout: value.layout }
      : readForRank(graph, value, [axis]);
    const at = placeOf(axis, { layout, shape: value.shape });
    let output = graph.put(op, [input, graph.int(at)]);
    if (keeps) output = graph.put('ExpandDims', [output, graph.int(at)]);
    const shape = keeps
      ? value.shape.map((size, own) => (own === axis ? 1 : size))
      : value.shape.filter((_, own) => own !== axis);
    return { type: 'int64', shape, layout: keeps ? layout : 'file', output };
  };
}

/** The largest values along an axis, or the smallest, in order, and their places. */
const TopK: Operator = (node, inputs, graph) => {
  const [value, count] = [required(inputs, 0), required(inputs, 1)];
  const rank = value.shape.length;
  const axis = requireAxis(node.int('axis', -1), rank);
  const isLargest = node.int('largest', 1) === 1;
  const [known] = readKnown(count) ?? [];
  const order = Array.from({ length: rank }, (_, at) =>
    at === axis ? rank - 1 : at === rank - 1 ? axis : at,
  );
  const isMoved = axis !== rank - 1;
  const move = (output: Output) => (isMoved ? graph.put('Transpose', [output, graph.ints(order)]) : output);
  const turn = (output: Output) => (isLargest ? output : graph.put('Neg', [output]));
  const k = graph.readArranged(count, { from: [], order: [] });
  const top = graph.put('TopKV2', [turn(move(graph.read(value))), k], { sorted: true });
  const shape = value.shape.map((size, own) => (own === axis ? (known ?? graph.newSize()) : size));
  return [
    { type: value.type, shape, layout: 'file', output: move(turn(top)) },
    { type: 'int64', shape, layout: 'file', output: move(graph.nth(top, 1)) },
  ];
};

export const reduceOperators: Operators = {
  ReduceMean: by('Mean'),
  ReduceSum: by('Sum'),
  ReduceMax: by('Max'),
  ReduceMin: by('Min'),
  ReduceProd: by('Prod'),
  ReduceL1: reduce((graph, input, axes, settings) =>
    graph.put('Sum', [graph.put('Abs', [input]), axes], settings),
  ),
  ReduceL2: reduce((graph, input, axes, settings) =>
    graph.put('Sqrt', [graph.put('Sum', [graph.put('Square', [input]), axes], settings)]),
  ),
  ReduceSumSquare: reduce((graph, input, axes, settings) =>
    graph.put('Sum', [graph.put('Square', [input]), axes], settings),
  ),
  ReduceLogSum: reduce((graph, input, axes, settings) =>
    graph.put('Log', [graph.put('Sum', [input, axes], settings)]),
  ),
  ReduceLogSumExp: logSumExp,
  ArgMax: place('ArgMax'),
  ArgMin: place('ArgMin'),
  TopK,
};
