import type { ElementType } from '../file/elementTypes';
import { dtypeOf, isFloat } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import { countOf, type Output, type Value } from '../graph/Value';
import { align } from './align';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

/** What computes number by number, and puts out the shape and the layout that it reads. */
export function unary(
  write: (graph: GraphWriter, input: Output, value: Value) => Output,
  type?: ElementType,
): Operator {
  return (_, inputs, graph) => {
    const value = required(inputs, 0);
    const output = write(graph, graph.read(value, value.layout), value);
    return { type: type ?? value.type, shape: value.shape, layout: value.layout, output };
  };
}

function one(op: string, type?: ElementType): Operator {
  return unary((graph, input) => graph.put(op, [input]), type);
}

/** What computes from two or more values that are stretched to one shape. */
function several(
  write: (graph: GraphWriter, inputs: readonly Output[], values: readonly Value[]) => Output,
  type?: ElementType,
  least = 1,
): Operator {
  return (_, inputs, graph) => {
    const values = Array.from({ length: Math.max(least, inputs.length) }, (_, index) =>
      required(inputs, index),
    );
    const { outputs, shape, layout } = align(graph, values);
    return { type: type ?? values[0]!.type, shape, layout, output: write(graph, outputs, values) };
  };
}

function two(op: string, type?: ElementType): Operator {
  return several((graph, [a, b]) => graph.put(op, [a!, b!]), type, 2);
}

/** What is folded from the left: a sum of any number of values. */
function chain(op: string): Operator {
  return several((graph, [first, ...others]) =>
    others.reduce((sum, next) => graph.put(op, [sum, next]), first!),
  );
}

/** The remainder has the divisor's sign, or with fmod that of what is divided. */
const Mod: Operator = (node, inputs, graph) => {
  const [a, b] = [required(inputs, 0), required(inputs, 1)];
  const { outputs, shape, layout } = align(graph, [a, b]);
  const [left, right] = outputs as [Output, Output];
  let output = graph.put('FloorMod', [left, right]);
  if (node.int('fmod', 0) === 1) {
    const amount = graph.put('FloorMod', [graph.put('Abs', [left]), graph.put('Abs', [right])]);
    output = graph.put('Mul', [graph.put('Sign', [left]), amount]);
  }
  return { type: a.type, shape, layout, output };
};

const Where: Operator = (_, inputs, graph) => {
  const [condition, yes, no] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)];
  const { outputs, shape, layout } = align(graph, [condition, yes, no]);
  return { type: yes.type, shape, layout, output: graph.put('SelectV2', outputs) };
};

const Clip: Operator = (node, inputs, graph) => {
  const value = required(inputs, 0);
  const bounds = [1, 2].map((index) => inputs[index]);
  const limits = bounds.map((bound, index) => {
    if (bound) return bound.constant && bound.constant.type === 'float' ? readFloat(bound) : undefined;
    const name = index === 0 ? 'min' : 'max';
    return node.has(name) ? node.float(name) : index === 0 ? -Infinity : Infinity;
  });
  const [low, high] = limits;
  const { type, shape, layout } = value;
  let output = graph.read(value, layout);
  if (low === 0 && high === 6) output = graph.put('Relu6', [output]);
  else if (low === 0 && high === Infinity) output = graph.put('Relu', [output]);
  else if (
    low === undefined ||
    high === undefined ||
    !isFloat(type) ||
    Math.abs(low) === Infinity ||
    Math.abs(high) === Infinity
  ) {
    // Bounds that are computed, or of which there is only one.
    (['Maximum', 'Minimum'] as const).forEach((op, index) => {
      const bound = bounds[index];
      if (bound) output = graph.put(op, [output, graph.readArranged(bound, { from: [], order: [] })]);
      else if (Number.isFinite(limits[index])) output = graph.put(op, [output, graph.float(limits[index]!)]);
    });
  } else {
    output = graph.put('ClipByValue', [output, graph.float(low), graph.float(high)]);
  }
  return { type, shape, layout, output };
};

function readFloat({ constant }: Value): number {
  const { bytes } = constant!;
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
}

/** Whole numbers are divided towards zero, as in C. */
const divide = several(
  (graph, [a, b], [value]) => {
    if (dtypeOf(value!.type) !== 'int32') return graph.put('RealDiv', [a!, b!]);
    const [left, right] = [a!, b!].map((input) => graph.put('Cast', [input], { DstT: 'DT_FLOAT' }));
    return graph.put('Cast', [graph.put('RealDiv', [left!, right!])], { DstT: 'DT_INT32' });
  },
  undefined,
  2,
);

const asBool: ElementType = 'bool';

export const elementwiseOperators: Operators = {
  Add: two('AddV2'),
  Sub: two('Sub'),
  Mul: two('Mul'),
  Div: divide,
  Pow: several(
    (graph, [a, b], [value, exponent]) => {
      // What normalizations are written with; the general operation takes many times as long.
      const [power] =
        exponent!.constant && countOf(exponent!.shape) === 1 ? (readKnown(exponent!) ?? []) : [];
      if (power === 2 && value!.shape.length >= exponent!.shape.length) return graph.put('Square', [a!]);
      if (power === 0.5 && value!.shape.length >= exponent!.shape.length) return graph.put('Sqrt', [a!]);
      const right =
        dtypeOf(value!.type) === dtypeOf(exponent!.type)
          ? b!
          : graph.put('Cast', [b!], { DstT: dtypeOf(value!.type) === 'int32' ? 'DT_INT32' : 'DT_FLOAT' });
      return graph.put('Pow', [a!, right]);
    },
    undefined,
    2,
  ),
  Mod,
  Sum: chain('AddV2'),
  Min: chain('Minimum'),
  Max: chain('Maximum'),
  Mean: several((graph, [first, ...others]) => {
    const sum = others.reduce((all, next) => graph.put('AddV2', [all, next]), first!);
    return graph.put('Mul', [sum, graph.float(1 / (others.length + 1))]);
  }),
  Sqrt: one('Sqrt'),
  Exp: one('Exp'),
  Log: one('Log'),
  Neg: one('Neg'),
  Abs: one('Abs'),
  Erf: one('Erf'),
  Reciprocal: one('Reciprocal'),
  Floor: one('Floor'),
  Ceil: one('Ceil'),
  Round: one('Round'),
  Sign: one('Sign'),
  Sin: one('Sin'),
  Cos: one('Cos'),
  Tan: one('Tan'),
  Asin: one('Asin'),
  Acos: one('Acos'),
  Atan: one('Atan'),
  Sinh: one('Sinh'),
  Cosh: one('Cosh'),
  Asinh: one('Asinh'),
  Acosh: one('Acosh'),
  Atanh: one('Atanh'),
  IsNaN: one('IsNan', asBool),
  IsInf: one('IsInf', asBool),
  Not: one('LogicalNot', asBool),
  And: two('LogicalAnd', asBool),
  Or: two('LogicalOr', asBool),
  Xor: two('NotEqual', asBool),
  Equal: two('Equal', asBool),
  Greater: two('Greater', asBool),
  GreaterOrEqual: two('GreaterEqual', asBool),
  Less: two('Less', asBool),
  LessOrEqual: two('LessEqual', asBool),
  Where,
  Clip,
};
