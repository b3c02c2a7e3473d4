import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 9, 8]);
const line = input([2, 3, 11]);
const volume = input([1, 2, 5, 6, 7]);

const largest: OperatorCase[] = [
  { op: 'MaxPool', inputs: [image], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
  {
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  {
    op: 'MaxPool',
    inputs: [input([1, 2, 9, 8], { range: [-3, -1] })],
    attributes: { kernel_shape: [3, 2], pads: [1, 0, 1, 1] },
  },
  { op: 'MaxPool', inputs: [image], attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 } },
  {
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: [2, 3], strides: [3, 2], pads: [0, 1, 1, 1], ceil_mode: 1 },
  },
  {
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: [3, 2], dilations: [2, 3], strides: [2, 1] },
  },
  {
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: [3, 2], auto_pad: 'SAME_UPPER', strides: [2, 2] },
  },
  {
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: [3, 2], auto_pad: 'SAME_LOWER', strides: [2, 2] },
  },
  { op: 'MaxPool', inputs: [line], attributes: { kernel_shape: [3], strides: [2], pads: [1, 1] } },
  {
    op: 'MaxPool',
    inputs: [volume],
    attributes: { kernel_shape: [2, 2, 3], strides: [2, 2, 1], pads: [0, 1, 0, 1, 0, 1] },
  },
  {
    op: 'MaxPool',
    inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  { op: 'MaxPool', inputs: [image], attributes: { kernel_shape: [2, 2] }, opset: 9 },
  {
    op: 'MaxPool',
    inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
  },
  { op: 'GlobalMaxPool', inputs: [image] },
  { op: 'GlobalMaxPool', inputs: [volume] },
];

const average: OperatorCase[] = [
  { op: 'AveragePool', inputs: [image], attributes: { kernel_shape: [3, 2], strides: [2, 2] } },
  { op: 'AveragePool', inputs: [image], attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 },
  },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: [3, 3], pads: [1, 0, 0, 1], strides: [2, 2] },
  },
  { op: 'AveragePool', inputs: [image], attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 } },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: [3, 3], auto_pad: 'SAME_UPPER', strides: [2, 2] },
  },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: [3, 2], auto_pad: 'SAME_LOWER' },
    opset: 10,
  },
  { op: 'AveragePool', inputs: [line], attributes: { kernel_shape: [4], strides: [3], pads: [1, 2] } },
  { op: 'AveragePool', inputs: [volume], attributes: { kernel_shape: [2, 3, 2], pads: [1, 1, 0, 0, 1, 1] } },
  {
    op: 'AveragePool',
    inputs: [volume],
    attributes: { kernel_shape: [2, 3, 2], pads: [1, 1, 0, 0, 1, 1], count_include_pad: 1 },
  },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 },
    opset: 19,
  },
  {
    op: 'AveragePool',
    inputs: [image],
    attributes: {
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      ceil_mode: 1,
      count_include_pad: 1,
    },
    opset: 19,
  },
  {
    op: 'AveragePool',
    inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })],
    attributes: { kernel_shape: [3, 3], strides: [2, 2] },
  },
  {
    op: 'AveragePool',
    inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })],
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
  },
  {
    op: 'AveragePool',
    inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })],
    attributes: {
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 0, 0],
      ceil_mode: 1,
      count_include_pad: 1,
    },
    opset: 19,
  },
  { op: 'GlobalAveragePool', inputs: [image] },
  { op: 'GlobalAveragePool', inputs: [line] },
  { op: 'GlobalAveragePool', inputs: [input([2, 3, 9, 8], { open: [0, 2, 3] })], opset: 9 },
];

describe('pooling is what onnxruntime makes of it', () => {
  it.each(largest.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
  it.each(average.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
