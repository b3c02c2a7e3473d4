import type { GraphWriter } from '../graph/createGraphWriter';
import { broadcast } from '../graph/shapes';
import { countOf, isKnown, type Output, type Size, type Value } from '../graph/Value';
import { type Operator, type Operators, required } from './Operator';

const Gemm: Operator = (node, inputs, graph) => {
  const [a, b, c] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    throw new RangeError(`expected two matrices, got the shapes [${a.shape}] and [${b.shape}]`);
  }
  const [transA, transB] = [node.int('transA', 0) !== 0, node.int('transB', 0) !== 0];
  const [alpha, beta] = [node.float('alpha', 1), node.float('beta', 1)];
  const [rows, inner] = transA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const [others, columns] = transB ? [b.shape[1]!, b.shape[0]!] : [b.shape[0]!, b.shape[1]!];
  requireSame(inner, others, a, b);
  // A constant is turned once, at conversion: the backend is slow where it has to do so itself.
  const right = graph.readArranged(b, { order: transB ? [1, 0] : [0, 1] });
  const settings = { transpose_a: transA, transpose_b: false };
  const shape = [rows, columns];
  const left = graph.read(a);
  const isBias = c !== undefined && alpha === 1 && beta === 1 && (c.shape.length === 1 || c.shape[0] === 1);
  if (isBias && countOf(c.shape) === columns) {
    const bias = graph.readArranged(c, { from: [columns as number], order: [0] });
    const fused = { ...settings, fused_ops: ['BiasAdd'], num_args: 1 };
    return {
      type: a.type,
      shape,
      layout: 'file',
      output: graph.put('_FusedMatMul', [left, right, bias], fused),
    };
  }
  let output = scale(graph, graph.put('MatMul', [left, right], settings), alpha);
  if (c && beta !== 0) output = graph.put('AddV2', [output, scale(graph, graph.read(c), beta)]);
  return { type: a.type, shape, layout: 'file', output };
};

function scale(graph: GraphWriter, input: Output, factor: number): Output {
  return factor === 1 ? input : graph.put('Mul', [input, graph.float(factor)]);
}

/** As numpy has it: a list is a row on the left and a column on the right, and axes in front are stretched. */
const MatMul: Operator = (_, inputs, graph) => {
  const [a, b] = [required(inputs, 0), required(inputs, 1)];
  if (a.shape.length === 0 || b.shape.length === 0) throw new RangeError('expected matrices, got a number');
  const [isRow, isColumn] = [a.shape.length === 1, b.shape.length === 1];
  const left: readonly Size[] = isRow ? [1, ...a.shape] : a.shape;
  const right: readonly Size[] = isColumn ? [...b.shape, 1] : b.shape;
  const [rows, columns] = [left.at(-2)!, right.at(-1)!];
  requireSame(left.at(-1)!, right.at(-2)!, a, b);
  const front = broadcast([left.slice(0, -2), right.slice(0, -2)], graph.newSize);
  const shape = [...front, ...(isRow ? [] : [rows]), ...(isColumn ? [] : [columns])];
  const [first, second] = [
    isRow ? graph.put('ExpandDims', [graph.read(a), graph.int(0)]) : graph.read(a),
    isColumn ? graph.put('ExpandDims', [graph.read(b), graph.int(1)]) : graph.read(b),
  ];
  const product = multiply(graph, first, second, left, right);
  const dims = [...(isRow ? [front.length] : []), ...(isColumn ? [front.length + 1] : [])];
  const output = dims.length > 0 ? graph.put('Squeeze', [product], { squeeze_dims: dims }) : product;
  return { type: a.type, shape, layout: 'file', output };
};

function multiply(
  graph: GraphWriter,
  a: Output,
  b: Output,
  left: readonly Size[],
  right: readonly Size[],
): Output {
  const rows = left.slice(0, -1);
  const isFlat = left.length > 2 && right.length === 2 && isKnown(right);
  if (!isFlat || rows.filter((size) => typeof size === 'string').length > 1) {
    return graph.put('BatchMatMulV2', [a, b]);
  }
  // All rows at once: one product of two matrices is faster than one a picture.
  const flat = graph.put('Reshape', [a, graph.ints([-1, Number(right[0])])]);
  return graph.reshape(graph.put('MatMul', [flat, b]), [...rows, right[1]!]);
}

function requireSame(inner: Size, other: Size, a: Value, b: Value): void {
  if (typeof inner === 'number' && typeof other === 'number' && inner !== other) {
    throw new RangeError(`expected shapes that can be multiplied, got [${a.shape}] and [${b.shape}]`);
  }
}

export const matrixOperators: Operators = { Gemm, MatMul };
