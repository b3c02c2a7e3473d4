import type { GraphWriter } from '../graph/createGraphWriter';
import { type Output, placeOf, requireAxis } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';
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

export const reduceOperators: Operators = {
  ReduceMean: by('Mean'),
  ReduceSum: by('Sum'),
  ReduceMax: by('Max'),
  ReduceMin: by('Min'),
  ReduceProd: by('Prod'),
};
