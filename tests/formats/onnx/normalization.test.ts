import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 4, 3, 5]);
const statistics = (size: number) => [
  weight([size]),
  weight([size]),
  weight([size]),
  weight([size], { range: [0.5, 2] }),
];

const cases: OperatorCase[] = [
  { op: 'BatchNormalization', inputs: [image, ...statistics(4)] },
  {
    op: 'BatchNormalization',
    inputs: [image, ...statistics(4)],
    attributes: { epsilon: { float: 0.1 } },
    opset: 9,
  },
  { op: 'BatchNormalization', inputs: [input([3, 4]), ...statistics(4)] },
  { op: 'BatchNormalization', inputs: [input([3, 4, 6]), ...statistics(4)] },
  { op: 'BatchNormalization', inputs: [input([2, 4, 3, 5, 2]), ...statistics(4)] },
  { op: 'BatchNormalization', inputs: [input([2, 4, 3, 5], { open: [0, 2, 3] }), ...statistics(4)] },
  { op: 'InstanceNormalization', inputs: [image, weight([4]), weight([4])], tolerance: 1e-4 },
  {
    op: 'InstanceNormalization',
    inputs: [input([2, 4, 7]), weight([4]), weight([4])],
    attributes: { epsilon: { float: 0.01 } },
    tolerance: 1e-4,
  },
  {
    op: 'InstanceNormalization',
    inputs: [input([1, 2, 3, 4, 5]), weight([2]), weight([2])],
    tolerance: 1e-4,
  },
  { op: 'LayerNormalization', inputs: [input([2, 5, 8]), weight([8]), weight([8])], tolerance: 1e-4 },
  {
    op: 'LayerNormalization',
    inputs: [input([2, 5, 8]), weight([5, 8])],
    attributes: { axis: 1 },
    tolerance: 1e-4,
  },
  {
    op: 'LayerNormalization',
    inputs: [image, weight([5]), weight([5])],
    attributes: { axis: -1, epsilon: { float: 0.01 } },
    tolerance: 1e-4,
  },
  {
    op: 'LayerNormalization',
    inputs: [image, weight([4, 3, 5]), weight([4, 3, 5])],
    attributes: { axis: 1 },
    tolerance: 1e-4,
  },
  {
    op: 'LayerNormalization',
    inputs: [input([2, 5, 8], { open: [0, 1] }), weight([8]), weight([8])],
    tolerance: 1e-4,
  },
  {
    op: 'GroupNormalization',
    inputs: [image, weight([2]), weight([2])],
    attributes: { num_groups: 2 },
    opset: 18,
    tolerance: 1e-4,
  },
  {
    op: 'GroupNormalization',
    inputs: [image, weight([4]), weight([4])],
    attributes: { num_groups: 2 },
    opset: 21,
    tolerance: 1e-4,
  },
  {
    op: 'GroupNormalization',
    inputs: [input([2, 6, 7]), weight([6]), weight([6])],
    attributes: { num_groups: 3 },
    opset: 21,
    tolerance: 1e-4,
  },
  { op: 'LRN', inputs: [image], attributes: { size: 3 } },
  {
    op: 'LRN',
    inputs: [input([2, 8, 3, 5])],
    attributes: { size: 5, alpha: { float: 0.05 }, beta: { float: 0.6 }, bias: { float: 2 } },
  },
  { op: 'LpNormalization', inputs: [image], attributes: { axis: 1 } },
  { op: 'LpNormalization', inputs: [input([3, 5])], attributes: { axis: -1, p: 1 } },
];

describe('normalizing is what onnxruntime makes of it', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
