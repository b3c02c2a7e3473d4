import type { GraphWriter } from '../graph/createGraphWriter';
import {
  arrange,
  countOf,
  isKnown,
  type Output,
  orderOf,
  placeOf,
  requireAxis,
  type Value,
} from '../graph/Value';
import { align } from './align';
import { unary } from './elementwise';
import { type Operator, type Operators, required } from './Operator';

function one(op: string): Operator {
  return unary((graph, input) => graph.put(op, [input]));
}

/** One with a setting; what it is without, ONNX says. */
function withSettings(
  settings: Readonly<Record<string, number>>,
  write: (graph: GraphWriter, input: Output, values: Readonly<Record<string, number>>) => Output,
): Operator {
  return (node, inputs, graph) => {
    const values = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, node.float(name, value)]),
    );
    return unary((own, input) => write(own, input, values))(node, inputs, graph);
  };
}

const LeakyRelu = withSettings({ alpha: 0.01 }, (graph, input, { alpha }) =>
  graph.put('LeakyRelu', [input], { alpha: alpha! }),
);

/** max(0, x) + alpha · (exp(min(0, x) / scale) - 1) */
function exponential(graph: GraphWriter, input: Output, alpha: number, scale: number): Output {
  const below = graph.put('Minimum', [input, graph.float(0)]);
  const scaled = scale === 1 ? below : graph.put('Mul', [below, graph.float(1 / scale)]);
  const curve = graph.put('Mul', [graph.put('Expm1', [scaled]), graph.float(alpha)]);
  return graph.put('AddV2', [graph.put('Relu', [input]), curve]);
}

const Elu = withSettings({ alpha: 1 }, (graph, input, { alpha }) =>
  alpha === 1 ? graph.put('Elu', [input]) : exponential(graph, input, alpha!, 1),
);

const Celu = withSettings({ alpha: 1 }, (graph, input, { alpha }) =>
  exponential(graph, input, alpha!, alpha!),
);

/** tfjs has one with the usual settings; others are rare. */
const Selu = withSettings(
  { alpha: 1.6732632423543772, gamma: 1.0507009873554805 },
  (graph, input, { alpha, gamma }) => {
    const isUsual = Math.abs(alpha! - 1.6732632) < 1e-5 && Math.abs(gamma! - 1.050701) < 1e-5;
    return isUsual
      ? graph.put('Selu', [input])
      : graph.put('Mul', [exponential(graph, input, alpha!, 1), graph.float(gamma!)]);
  },
);

/** max(0, min(1, alpha · x + beta)) */
function hardSigmoid(graph: GraphWriter, input: Output, alpha: number, beta: number): Output {
  const line = graph.put('AddV2', [graph.put('Mul', [input, graph.float(alpha)]), graph.float(beta)]);
  return graph.put('ClipByValue', [line, graph.float(0), graph.float(1)]);
}

const HardSigmoid = withSettings({ alpha: 0.2, beta: 0.5 }, (graph, input, { alpha, beta }) =>
  hardSigmoid(graph, input, alpha!, beta!),
);

/** x · relu6(x + 3) / 6: fewer operations than by a hard sigmoid. */
const HardSwish = unary((graph, input) => {
  const line = graph.put('Relu6', [graph.put('AddV2', [input, graph.float(3)])]);
  return graph.put('Mul', [input, graph.put('Mul', [line, graph.float(1 / 6)])]);
});

const Mish = unary((graph, input) =>
  graph.put('Mul', [input, graph.put('Tanh', [graph.put('Softplus', [input])])]),
);

const Softsign = unary((graph, input) =>
  graph.put('RealDiv', [input, graph.put('AddV2', [graph.put('Abs', [input]), graph.float(1)])]),
);

const ThresholdedRelu = withSettings({ alpha: 1 }, (graph, input, { alpha }) => {
  const isAbove = graph.put('Cast', [graph.put('Greater', [input, graph.float(alpha!)])], {
    DstT: 'DT_FLOAT',
  });
  return graph.put('Mul', [input, isAbove]);
});

const Shrink = withSettings({ lambd: 0.5, bias: 0 }, (graph, input, { lambd, bias }) => {
  const size = graph.put('Abs', [input]);
  const isOutside = graph.put('Cast', [graph.put('Greater', [size, graph.float(lambd!)])], {
    DstT: 'DT_FLOAT',
  });
  const nearer = graph.put('Sub', [
    input,
    graph.put('Mul', [graph.put('Sign', [input]), graph.float(bias!)]),
  ]);
  return graph.put('Mul', [nearer, isOutside]);
});

/** x / 2 · (1 + erf(x / √2)), or the curve through tanh that comes near it. */
const Gelu: Operator = (node, inputs, graph) =>
  unary((_, input) => {
    const half = graph.put('Mul', [input, graph.float(0.5)]);
    let curve: Output;
    if (node.text('approximate', 'none') === 'tanh') {
      const cube = graph.put('Mul', [
        graph.put('Mul', [input, graph.put('Square', [input])]),
        graph.float(0.044715),
      ]);
      const inner = graph.put('Mul', [
        graph.put('AddV2', [input, cube]),
        graph.float(Math.sqrt(2 / Math.PI)),
      ]);
      curve = graph.put('Tanh', [inner]);
    } else curve = graph.put('Erf', [graph.put('Mul', [input, graph.float(Math.SQRT1_2)])]);
    return graph.put('Mul', [half, graph.put('AddV2', [curve, graph.float(1)])]);
  })(node, inputs, graph);

const PRelu: Operator = (_, inputs, graph) => {
  const [value, slope] = [required(inputs, 0), required(inputs, 1)];
  const { outputs, layout } = align(graph, [value, slope]);
  return { type: value.type, shape: value.shape, layout, output: graph.put('Prelu', outputs) };
};

/** Before opset 13 the axis is the first of all that are taken together; since then it is one. */
function softmax(op: 'Softmax' | 'LogSoftmax'): Operator {
  return (node, inputs, graph) => {
    const value = required(inputs, 0);
    const rank = value.shape.length;
    const axis = requireAxis(node.int('axis', node.opset < 13 ? 1 : -1), rank);
    if (node.opset < 13 && axis < rank - 1) return softmaxOfAll(op, graph, value, axis);
    const place = placeOf(axis, value);
    const input = graph.read(value, value.layout);
    const { type, shape, layout } = value;
    if (place === rank - 1) return { type, shape, layout, output: graph.put(op, [input]) };
    // The operation is along the last axis.
    const order = orderOf('file', rank).map((at) => (at === place ? rank - 1 : at === rank - 1 ? place : at));
    const moved = graph.put(op, [graph.put('Transpose', [input, graph.ints(order)])]);
    return { type, shape, layout, output: graph.put('Transpose', [moved, graph.ints(order)]) };
  };
}

function softmaxOfAll(op: 'Softmax' | 'LogSoftmax', graph: GraphWriter, value: Value, axis: number): Value {
  const { type, shape, layout } = value;
  const rest = shape.slice(axis);
  // Along channels alone, what the axes behind them have is of size 1.
  const isOne = axis === 1 && rest.slice(1).every((size) => size === 1);
  if (isOne) return { type, shape, layout: 'last', output: graph.put(op, [graph.read(value, 'last')]) };
  if (!isKnown(rest))
    throw new RangeError(`expected sizes that are known from axis ${axis} on, got [${shape}]`);
  const isInOrder = axis <= 1 && layout === 'last';
  const lying = isInOrder ? layout : 'file';
  const flat = graph.put('Reshape', [graph.read(value, lying), graph.ints([-1, countOf(rest)!])]);
  return { type, shape, layout: lying, output: graph.reshape(graph.put(op, [flat]), arrange(shape, lying)) };
}

export const activationOperators: Operators = {
  Relu: one('Relu'),
  LeakyRelu,
  PRelu,
  Elu,
  Selu,
  Celu,
  Gelu,
  Sigmoid: one('Sigmoid'),
  HardSigmoid,
  HardSwish,
  Mish,
  Softplus: one('Softplus'),
  Softsign,
  Tanh: one('Tanh'),
  ThresholdedRelu,
  Shrink,
  Softmax: softmax('Softmax'),
  LogSoftmax: softmax('LogSoftmax'),
};
