import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, list, type OperatorCase } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);
const positive = input([2, 3, 4, 5], { range: [0.1, 2] });

const cases: OperatorCase[] = [
  ...['Mean', 'Sum', 'Max', 'Min', 'Prod', 'L1', 'L2', 'SumSquare', 'LogSumExp'].flatMap(
    (kind): OperatorCase[] => [
      { op: `Reduce${kind}`, inputs: [image], attributes: { axes: [2, 3] }, opset: 12 },
      { op: `Reduce${kind}`, inputs: [image], attributes: { axes: [1], keepdims: 0 }, opset: 12 },
    ],
  ),
  { op: 'ReduceLogSum', inputs: [positive], attributes: { axes: [-1] } },
  { op: 'ReduceMean', inputs: [image] },
  { op: 'ReduceMean', inputs: [image], attributes: { keepdims: 0 } },
  { op: 'ReduceMean', inputs: [image], attributes: { axes: [2], keepdims: 0 } },
  { op: 'ReduceMean', inputs: [image], attributes: { axes: [0, 2], keepdims: 0 } },
  { op: 'ReduceMean', inputs: [image, list([2, 3])], attributes: { keepdims: 0 }, opset: 18 },
  { op: 'ReduceSum', inputs: [image, list([1])], attributes: { keepdims: 0 } },
  { op: 'ReduceSum', inputs: [image], attributes: { noop_with_empty_axes: 1 } },
  { op: 'ReduceMax', inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), list([-2])], opset: 18 },
  { op: 'ReduceSum', inputs: [input([2, 6], { type: 'int32' }), list([1])] },
  { op: 'ArgMax', inputs: [image], attributes: { axis: 1 } },
  { op: 'ArgMax', inputs: [image], attributes: { axis: 1, keepdims: 0 } },
  { op: 'ArgMax', inputs: [input([3, 7])], attributes: { axis: -1, keepdims: 0 } },
  { op: 'ArgMin', inputs: [image], attributes: { axis: 2 } },
  { op: 'TopK', inputs: [input([3, 9]), list([4])], outputs: 2 },
  { op: 'TopK', inputs: [image, list([2])], attributes: { axis: 1 }, outputs: 2 },
  { op: 'TopK', inputs: [input([3, 9]), list([2])], attributes: { largest: 0 }, outputs: 2 },
];

describe('taking values together gives what onnxruntime gives', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
