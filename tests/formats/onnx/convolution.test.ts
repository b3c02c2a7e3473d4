import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const bias = (size: number) => weight([size]);

const convolutions: OperatorCase[] = [
  { op: 'Conv', inputs: [input([2, 3, 7, 8]), weight([4, 3, 3, 3])] },
  {
    op: 'Conv',
    inputs: [input([2, 3, 7, 8]), weight([4, 3, 3, 2]), bias(4)],
    attributes: { pads: [1, 0, 2, 1] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 3, 9, 9]), weight([4, 3, 3, 3]), bias(4)],
    attributes: { strides: [2, 3], pads: [1, 1, 1, 1] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 3, 9, 9]), weight([4, 3, 3, 3])],
    attributes: { dilations: [2, 1], pads: [2, 1, 2, 1] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 2, 11, 10]), weight([4, 2, 3, 3]), bias(4)],
    attributes: { dilations: [2, 2], strides: [2, 2], pads: [2, 2, 2, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 3, 8, 9]), weight([2, 3, 3, 4])],
    attributes: { auto_pad: 'SAME_UPPER', strides: [2, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 3, 8, 9]), weight([2, 3, 3, 4])],
    attributes: { auto_pad: 'SAME_LOWER', strides: [2, 2] },
  },
  { op: 'Conv', inputs: [input([1, 3, 8, 9]), weight([2, 3, 4, 2])], attributes: { auto_pad: 'SAME_LOWER' } },
  { op: 'Conv', inputs: [input([1, 3, 8, 9]), weight([2, 3, 3, 3])], attributes: { auto_pad: 'VALID' } },
  {
    op: 'Conv',
    inputs: [input([2, 4, 6, 6]), weight([4, 1, 3, 3]), bias(4)],
    attributes: { group: 4, pads: [1, 1, 1, 1] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 4, 6, 6]), weight([8, 1, 3, 3])],
    attributes: { group: 4, strides: [2, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 4, 6, 7]), weight([12, 1, 3, 3]), bias(12)],
    attributes: { group: 4, strides: [2, 1], pads: [0, 1, 1, 0] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 4, 9, 9]), weight([4, 1, 3, 3]), bias(4)],
    attributes: { group: 4, dilations: [2, 2], pads: [2, 2, 2, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 6, 5, 5]), weight([4, 3, 3, 3]), bias(4)],
    attributes: { group: 2, pads: [1, 1, 1, 1] },
  },
  { op: 'Conv', inputs: [input([1, 6, 5, 5]), weight([9, 2, 1, 1])], attributes: { group: 3 } },
  {
    op: 'Conv',
    inputs: [input([2, 3, 12]), weight([4, 3, 5]), bias(4)],
    attributes: { strides: [2], pads: [2, 1] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 3, 12]), weight([4, 3, 3])],
    attributes: { dilations: [3], pads: [3, 3] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 4, 12]), weight([4, 1, 3]), bias(4)],
    attributes: { group: 4, pads: [1, 1] },
  },
  { op: 'Conv', inputs: [input([2, 4, 12]), weight([6, 2, 3]), bias(6)], attributes: { group: 2 } },
  {
    op: 'Conv',
    inputs: [input([1, 2, 5, 6, 7]), weight([3, 2, 3, 2, 3]), bias(3)],
    attributes: { pads: [1, 0, 1, 1, 1, 0] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 4, 5, 6, 7]), weight([4, 2, 3, 3, 3])],
    attributes: { group: 2, strides: [2, 1, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([2, 3, 7, 8], { open: [0, 2, 3] }), weight([4, 3, 3, 3]), bias(4)],
    attributes: { pads: [1, 1, 1, 1], strides: [2, 2] },
  },
  {
    op: 'Conv',
    inputs: [input([1, 3, 7, 8]), input([4, 3, 3, 2]), input([4])],
    attributes: { pads: [1, 1, 1, 1] },
  },
  { op: 'Conv', inputs: [input([1, 1, 6, 6]), weight([3, 1, 3, 3])], opset: 9 },
  {
    op: 'Conv',
    inputs: [input([1, 3, 7, 8]), weight([4, 3, 3, 3])],
    attributes: { pads: [2, 2, 2, 2] },
    opset: 21,
  },
];

const transposed: OperatorCase[] = [
  {
    op: 'ConvTranspose',
    inputs: [input([2, 3, 4, 5]), weight([3, 4, 2, 2]), bias(4)],
    attributes: { strides: [2, 2] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([2, 3, 4, 5]), weight([3, 4, 3, 3])],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 3, 4, 5]), weight([3, 2, 4, 3]), bias(2)],
    attributes: { strides: [3, 1], pads: [1, 0, 0, 2] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 2, 4, 4]), weight([2, 2, 3, 3])],
    attributes: { dilations: [2, 2], pads: [1, 1, 1, 1] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 4, 3, 5]), weight([4, 3, 3, 3]), bias(6)],
    attributes: { group: 2, strides: [2, 2] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 4, 3, 5]), weight([4, 1, 4, 4])],
    attributes: { group: 4, strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 2, 3, 3]), weight([2, 2, 3, 3])],
    attributes: { strides: [3, 2], output_shape: [10, 8] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 2, 3, 4]), weight([2, 2, 3, 3])],
    attributes: { strides: [2, 2], auto_pad: 'SAME_UPPER' },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 2, 3, 4]), weight([2, 2, 3, 3])],
    attributes: { strides: [2, 2], auto_pad: 'SAME_LOWER' },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([2, 3, 6]), weight([3, 2, 4]), bias(2)],
    attributes: { strides: [2], pads: [1, 1] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 2, 2, 3, 4]), weight([2, 3, 3, 2, 3]), bias(3)],
    attributes: { strides: [2, 1, 2], pads: [1, 0, 1, 0, 0, 1], output_padding: [1, 0, 0] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([1, 4, 2, 2, 2]), weight([4, 2, 2, 2, 2])],
    attributes: { group: 2, strides: [2, 2, 2] },
  },
  {
    op: 'ConvTranspose',
    inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), weight([3, 4, 3, 3]), bias(4)],
    attributes: { strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  { op: 'ConvTranspose', inputs: [input([2, 3, 4, 5], { open: [0] }), weight([3, 4, 3, 3])], opset: 9 },
];

describe('a convolution is what onnxruntime makes of it', () => {
  it.each(convolutions.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
  it.each(transposed.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
