import { decodeNumbers, dtypeOf } from '../file/elementTypes';
import { toTensor } from '../graph/toTensor';
import type { Output, Size } from '../graph/Value';
import { castTo } from './castTo';
import { type Operator, type Operators, required } from './Operator';
import { readKnown } from './readKnown';

const ConstantOfShape: Operator = (node, inputs, graph) => {
  const sizes = required(inputs, 0);
  const known = readKnown(sizes);
  const [rank] = sizes.shape;
  if (!known && typeof rank !== 'number')
    throw new RangeError('expected a shape of as many sizes as are known');
  const shape: readonly Size[] = known ?? Array.from({ length: Number(rank) }, () => graph.newSize());
  const tensor = node.tensor('value') ?? toTensor('float', [1], [0]);
  const [number = 0] = decodeNumbers(tensor.type, tensor.bytes);
  const value = dtypeOf(tensor.type) === 'float32' ? graph.float(number) : graph.int(number);
  let output = graph.put('Fill', [graph.read(sizes), value]);
  if (dtypeOf(tensor.type) !== 'float32') output = castTo(graph, output, tensor.type);
  return { type: tensor.type, shape, layout: 'file', output };
};

const Range: Operator = (_, inputs, graph) => {
  const [start, limit, delta] = [0, 1, 2].map((index) => required(inputs, index));
  const { type } = start!;
  const Tidx = dtypeOf(type) === 'float32' ? 'DT_FLOAT' : 'DT_INT32';
  const parts = [start!, limit!, delta!].map(
    (value): Output => graph.readArranged(value, { from: [], order: [] }),
  );
  return { type, shape: [graph.newSize()], layout: 'file', output: graph.put('Range', parts, { Tidx }) };
};

export const creationOperators: Operators = { ConstantOfShape, Range };
