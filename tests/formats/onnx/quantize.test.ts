import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, list, type OperatorCase, scalar, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);
const scales = weight([3], { range: [0.01, 0.05] });

const cases: OperatorCase[] = [
  { op: 'QuantizeLinear', inputs: [image, scalar(0.02), scalar(120, 'uint8')] },
  { op: 'QuantizeLinear', inputs: [image, scalar(0.01), scalar(3, 'int8')] },
  { op: 'QuantizeLinear', inputs: [image, scalar(0.02)] },
  { op: 'QuantizeLinear', inputs: [image, scales, list([1, 2, 3], 'uint8')] },
  {
    op: 'QuantizeLinear',
    inputs: [{ shape: [6], values: [-1.5, -0.5, 0.5, 1.5, 2.5, 3.5] }, scalar(1), scalar(0, 'int8')],
  },
  {
    op: 'DequantizeLinear',
    inputs: [input([2, 3, 4, 5], { type: 'uint8', range: [0, 255] }), scalar(0.02), scalar(120, 'uint8')],
  },
  {
    op: 'DequantizeLinear',
    inputs: [input([2, 3, 4, 5], { type: 'int8', range: [-128, 127] }), scales, list([1, 2, 3], 'int8')],
  },
  { op: 'DequantizeLinear', inputs: [input([4, 6], { type: 'int32', range: [-99, 99] }), scalar(0.5)] },
  {
    op: 'DequantizeLinear',
    inputs: [weight([4, 6], { type: 'int8', range: [-128, 127] }), weight([4]), list([1, 2, 3, 4], 'int8')],
    attributes: { axis: 0 },
  },
];

const products: OperatorCase[] = [
  { op: 'Einsum', inputs: [input([2, 3, 4]), input([2, 4, 5])], attributes: { equation: 'bij,bjk->bik' } },
  { op: 'Einsum', inputs: [input([2, 3, 4]), weight([5, 4])], attributes: { equation: 'bid, od -> bio' } },
  {
    op: 'Einsum',
    inputs: [input([2, 3, 4, 5]), input([2, 3, 6, 5])],
    attributes: { equation: 'bhqd,bhkd->bhqk' },
  },
  { op: 'Einsum', inputs: [input([3, 4])], attributes: { equation: 'ij->ji' } },
  { op: 'Einsum', inputs: [input([3, 4])], attributes: { equation: 'ij->i' } },
  {
    op: 'Einsum',
    inputs: [input([2, 3, 4]), input([2, 4, 5])],
    attributes: { equation: '...ij,...jk->...ik' },
  },
  { op: 'Einsum', inputs: [input([3, 4]), input([4, 5])], attributes: { equation: 'ij,jk' } },
  { op: 'Einsum', inputs: [input([3, 4]), input([4, 5])], attributes: { equation: 'Ij,jK->IK' } },
  { op: 'Einsum', inputs: [input([2, 3, 4, 5]), weight([3, 6])], attributes: { equation: 'nchw,co->nohw' } },
];

describe('quantizing gives what onnxruntime gives', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});

describe('sums of products are what onnxruntime makes of them', () => {
  it.each(products.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
