import { type ElementType, readElementType } from '../file/elementTypes';
import type { GraphWriter } from '../graph/createGraphWriter';
import type { FileNode } from '../graph/FileNode';
import { countOf, type Output, placeOf, requireAxis, type Value } from '../graph/Value';
import { castTo } from './castTo';
import { type Operator, type Operators, required } from './Operator';

const RANGES: Readonly<Partial<Record<ElementType, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
};

const QuantizeLinear: Operator = (node, inputs, graph) => {
  const [value, scale, zero] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  const type = zero?.type ?? readElementType(node.int('output_dtype', 0) || 2);
  const range = RANGES[type];
  if (!range) throw new Error(`to quantize to ${type} is not converted`);
  const { shape, layout } = value;
  let output = graph.put('RealDiv', [
    castTo(graph, graph.read(value, layout), 'float'),
    spreadAlong(node, graph, scale, value),
  ]);
  output = graph.put('Round', [output]);
  if (zero)
    output = graph.put('AddV2', [output, castTo(graph, spreadAlong(node, graph, zero, value), 'float')]);
  output = graph.put('ClipByValue', [output, graph.float(range[0]), graph.float(range[1])]);
  return { type, shape, layout, output: castTo(graph, output, type) };
};

const DequantizeLinear: Operator = (node, inputs, graph) => {
  const [value, scale, zero] = [required(inputs, 0), required(inputs, 1), inputs[2]];
  const { shape, layout } = value;
  let output = castTo(graph, graph.read(value, layout), 'float');
  if (zero)
    output = graph.put('Sub', [output, castTo(graph, spreadAlong(node, graph, zero, value), 'float')]);
  output = graph.put('Mul', [output, spreadAlong(node, graph, scale, value)]);
  return { type: scale.type, shape, layout, output };
};

/** A number for all, or one for each place along an axis of a value, shaped so that it is stretched along the others. */
function spreadAlong(node: FileNode, graph: GraphWriter, numbers: Value, value: Value): Output {
  if (node.int('block_size', 0) !== 0) throw new Error('block_size is not converted');
  const count = countOf(numbers.shape);
  if (count === 1) return graph.readArranged(numbers, { from: [], order: [] });
  const rank = value.shape.length;
  const place = placeOf(requireAxis(node.int('axis', 1), rank), value);
  if (count === undefined || numbers.shape.length !== 1) {
    throw new RangeError(`expected one scale or a list of them, got the shape [${numbers.shape}]`);
  }
  const shape = Array.from({ length: rank }, (_, at) => (at === place ? count : 1));
  return graph.readArranged(numbers, { from: [count], order: [0], shape });
}

export const quantizeOperators: Operators = { QuantizeLinear, DequantizeLinear };
