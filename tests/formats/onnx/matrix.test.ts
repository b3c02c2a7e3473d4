import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const cases: OperatorCase[] = [
  { op: 'Gemm', inputs: [input([3, 5]), weight([5, 4]), weight([4])] },
  { op: 'Gemm', inputs: [input([3, 5]), weight([4, 5]), weight([4])], attributes: { transB: 1 } },
  {
    op: 'Gemm',
    inputs: [input([3, 5]), weight([4, 5]), weight([1, 4])],
    attributes: { transB: 1 },
    opset: 9,
  },
  {
    op: 'Gemm',
    inputs: [input([5, 3]), weight([5, 4]), weight([3, 4])],
    attributes: { transA: 1, alpha: { float: 0.5 }, beta: { float: 2 } },
  },
  { op: 'Gemm', inputs: [input([3, 5]), weight([5, 4]), weight([3, 1])] },
  { op: 'Gemm', inputs: [input([3, 5]), weight([5, 4]), weight([])] },
  { op: 'Gemm', inputs: [input([3, 5]), weight([5, 4])] },
  { op: 'Gemm', inputs: [input([3, 5]), input([4, 5]), input([4])], attributes: { transB: 1 } },
  { op: 'Gemm', inputs: [input([3, 5], { open: [0] }), weight([5, 4]), weight([4])] },
  { op: 'MatMul', inputs: [input([3, 5]), weight([5, 4])] },
  { op: 'MatMul', inputs: [input([2, 3, 5]), weight([5, 4])] },
  { op: 'MatMul', inputs: [input([2, 3, 5], { open: [0] }), weight([5, 4])] },
  { op: 'MatMul', inputs: [input([2, 3, 5], { open: [0, 1] }), weight([5, 4])] },
  { op: 'MatMul', inputs: [input([2, 6, 3, 5]), input([2, 6, 5, 4])] },
  { op: 'MatMul', inputs: [input([2, 6, 3, 5]), input([6, 5, 4])] },
  { op: 'MatMul', inputs: [input([6, 3, 5]), input([2, 1, 5, 4])] },
  { op: 'MatMul', inputs: [input([3, 5]), input([2, 5, 4])] },
  { op: 'MatMul', inputs: [input([5]), weight([5, 4])] },
  { op: 'MatMul', inputs: [input([3, 5]), weight([5])] },
  { op: 'MatMul', inputs: [input([2, 3, 5]), input([5])] },
  { op: 'MatMul', inputs: [input([5]), input([5])] },
];

describe('matrices are multiplied as onnxruntime does', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
