import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5], { range: [-5, 5] });

const cases: OperatorCase[] = [
  ...[
    'Relu',
    'LeakyRelu',
    'Elu',
    'Selu',
    'Celu',
    'Sigmoid',
    'HardSigmoid',
    'HardSwish',
    'Softplus',
    'Softsign',
    'Tanh',
    'ThresholdedRelu',
  ].map((op) => ({ op, inputs: [image] })),
  { op: 'Mish', inputs: [image], opset: 18 },
  { op: 'Gelu', inputs: [image], opset: 20 },
  { op: 'Gelu', inputs: [image], attributes: { approximate: 'tanh' }, opset: 20 },
  { op: 'LeakyRelu', inputs: [image], attributes: { alpha: { float: 0.3 } }, opset: 9 },
  { op: 'Elu', inputs: [image], attributes: { alpha: { float: 0.5 } } },
  { op: 'Celu', inputs: [image], attributes: { alpha: { float: 2 } } },
  { op: 'Selu', inputs: [image], attributes: { alpha: { float: 1.2 }, gamma: { float: 2 } } },
  { op: 'HardSigmoid', inputs: [image], attributes: { alpha: { float: 1 / 6 }, beta: { float: 0.4 } } },
  { op: 'ThresholdedRelu', inputs: [image], attributes: { alpha: { float: 0.5 } } },
  { op: 'Shrink', inputs: [image], attributes: { lambd: { float: 1.5 }, bias: { float: 1 } } },
  { op: 'PRelu', inputs: [image, weight([3, 1, 1])] },
  { op: 'PRelu', inputs: [image, weight([1])] },
  { op: 'PRelu', inputs: [image, weight([1, 3, 1, 1])], opset: 9 },
  { op: 'PRelu', inputs: [input([2, 6]), weight([6])] },
  ...['Softmax', 'LogSoftmax'].flatMap((op): OperatorCase[] => [
    { op, inputs: [image] },
    { op, inputs: [image], attributes: { axis: 1 } },
    { op, inputs: [image], attributes: { axis: 2 } },
    { op, inputs: [image], attributes: { axis: 1 }, opset: 11 },
    { op, inputs: [image], attributes: { axis: 2 }, opset: 11 },
    { op, inputs: [image], attributes: { axis: 3 }, opset: 9 },
    { op, inputs: [input([4, 6])], opset: 9 },
    { op, inputs: [input([2, 6, 1, 1])], opset: 9 },
    { op, inputs: [input([2, 5, 7], { open: [0, 1] })], attributes: { axis: -1 } },
  ]),
];

describe('activation functions are what onnxruntime makes of them', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
