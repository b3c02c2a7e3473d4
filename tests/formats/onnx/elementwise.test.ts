import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, type OperatorCase, scalar, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);
const positive = input([2, 3, 4, 5], { range: [0.1, 3] });
const within = input([2, 3, 4, 5], { range: [-0.9, 0.9] });
const whole = input([2, 3, 4, 5], { type: 'int32', range: [-9, 9] });
const whether = input([2, 3, 4, 5], { type: 'bool' });

const one: OperatorCase[] = [
  ...[
    'Neg',
    'Abs',
    'Erf',
    'Exp',
    'Floor',
    'Ceil',
    'Round',
    'Sign',
    'Sin',
    'Cos',
    'Tan',
    'Atan',
    'Sinh',
    'Cosh',
    'Asinh',
  ].map((op) => ({ op, inputs: [image] })),
  ...['Sqrt', 'Log', 'Reciprocal'].map((op) => ({ op, inputs: [positive] })),
  ...['Asin', 'Acos', 'Atanh'].map((op) => ({ op, inputs: [within] })),
  { op: 'Acosh', inputs: [input([2, 3, 4, 5], { range: [1, 4] })] },
  { op: 'Not', inputs: [whether] },
  { op: 'IsNaN', inputs: [{ shape: [4], values: [1, Number.NaN, Infinity, 0] }] },
  { op: 'IsInf', inputs: [{ shape: [4], values: [1, Number.NaN, Infinity, -Infinity] }] },
  { op: 'Abs', inputs: [whole] },
  { op: 'Neg', inputs: [whole] },
];

const two: OperatorCase[] = [
  ...['Add', 'Sub', 'Mul', 'Min', 'Max', 'Sum', 'Mean'].map((op) => ({ op, inputs: [image, image] })),
  { op: 'Div', inputs: [image, positive] },
  { op: 'Div', inputs: [whole, input([5], { type: 'int32', range: [1, 4] })] },
  { op: 'Add', inputs: [whole, input([5], { type: 'int32', range: [1, 4] })] },
  { op: 'Pow', inputs: [positive, image] },
  { op: 'Pow', inputs: [image, scalar(2)] },
  { op: 'Pow', inputs: [image, scalar(3, 'int64')] },
  { op: 'Mod', inputs: [whole, scalar(4, 'int32')] },
  { op: 'Mod', inputs: [image, scalar(0.7)], attributes: { fmod: 1 } },
  { op: 'Add', inputs: [image, weight([3, 1, 1])] },
  { op: 'Mul', inputs: [image, weight([1, 3, 1, 1])] },
  { op: 'Sub', inputs: [weight([3, 4, 1]), image] },
  { op: 'Add', inputs: [image, weight([5])] },
  { op: 'Add', inputs: [image, scalar(1.5)] },
  { op: 'Mul', inputs: [image, input([3, 1, 1])] },
  { op: 'Mul', inputs: [input([2, 3, 1, 1]), image] },
  { op: 'Mul', inputs: [image, input([4, 5])] },
  { op: 'Add', inputs: [input([4, 1]), input([3, 1, 5])] },
  { op: 'Add', inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), weight([3, 1, 1])] },
  { op: 'Sum', inputs: [image, weight([3, 1, 1]), input([5])] },
  { op: 'Mean', inputs: [image, image, weight([1])] },
  { op: 'Max', inputs: [image, scalar(0), scalar(-1)] },
  { op: 'Min', inputs: [image] },
  ...['Equal', 'Greater', 'Less', 'GreaterOrEqual', 'LessOrEqual'].map((op) => ({
    op,
    inputs: [whole, input([5], { type: 'int32' as const, range: [-2, 2] as const })],
  })),
  { op: 'Greater', inputs: [image, scalar(0.5)], opset: 9 },
  ...['And', 'Or', 'Xor'].map((op) => ({ op, inputs: [whether, input([5], { type: 'bool' as const })] })),
  { op: 'Where', inputs: [whether, image, image] },
  { op: 'Where', inputs: [input([3, 1, 1], { type: 'bool' }), image, scalar(0)] },
];

const clipped: OperatorCase[] = [
  { op: 'Clip', inputs: [image, scalar(-0.5), scalar(1)] },
  { op: 'Clip', inputs: [input([2, 3, 4, 5], { range: [-9, 9] }), scalar(0), scalar(6)] },
  { op: 'Clip', inputs: [image, scalar(0)] },
  { op: 'Clip', inputs: [image, undefined, scalar(0.5)] },
  { op: 'Clip', inputs: [image, scalar(-1), undefined] },
  { op: 'Clip', inputs: [image] },
  { op: 'Clip', inputs: [image, input([], { range: [-1, 0] }), input([], { range: [0, 1] })] },
  { op: 'Clip', inputs: [whole, scalar(-3, 'int32'), scalar(4, 'int32')] },
  { op: 'Clip', inputs: [image], attributes: { min: { float: -0.5 }, max: { float: 0.75 } }, opset: 9 },
  { op: 'Clip', inputs: [image], attributes: { max: { float: 0.75 } }, opset: 9 },
];

describe('number by number it is what onnxruntime makes of it', () => {
  it.each(one.map((own) => [describeCase(own), own] as const))('%s', (_, own) => checkOperator(own));
  it.each(two.map((own) => [describeCase(own), own] as const))('%s', (_, own) => checkOperator(own));
  it.each(clipped.map((own) => [describeCase(own), own] as const))('%s', (_, own) => checkOperator(own));
});
