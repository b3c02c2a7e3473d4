import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, list, type OperatorCase, scalar } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);

const cases: OperatorCase[] = [
  { op: 'Pad', inputs: [image, list([0, 0, 1, 2, 0, 0, 3, 0])] },
  { op: 'Pad', inputs: [image, list([0, 0, 1, 2, 0, 0, 3, 0]), scalar(1.5)] },
  { op: 'Pad', inputs: [image, list([1, 0, 0, 0, 0, 2, 0, 0])] },
  { op: 'Pad', inputs: [image, list([0, 0, -1, 1, 0, 0, 0, -2])] },
  { op: 'Pad', inputs: [image, list([0, 0, 1, 2, 0, 0, 3, 0])], attributes: { mode: 'edge' } },
  { op: 'Pad', inputs: [image, list([0, 0, 1, 2, 0, 0, 3, 1])], attributes: { mode: 'reflect' } },
  { op: 'Pad', inputs: [image, list([0, 0, 1, 2, 0, 0, 3, 1])], attributes: { mode: 'wrap' }, opset: 19 },
  { op: 'Pad', inputs: [image, list([1, 2, 0, 1]), undefined, list([2, -1])], opset: 18 },
  {
    op: 'Pad',
    inputs: [image],
    attributes: { pads: [0, 0, 1, 1, 0, 0, 1, 1], value: { float: -1 } },
    opset: 10,
  },
  { op: 'Pad', inputs: [image], attributes: { pads: [0, 0, 1, 1, 0, 0, 1, 1], mode: 'reflect' }, opset: 9 },
  { op: 'Pad', inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), list([0, 0, 1, 2, 0, 0, 3, 0])] },
  { op: 'Pad', inputs: [input([4, 7]), list([1, 0, 0, 2])] },
  { op: 'Pad', inputs: [image, { shape: [8], values: [0, 0, 1, 2, 0, 0, 3, 0], type: 'int64' }] },
];

describe('padding is what onnxruntime makes of it', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
