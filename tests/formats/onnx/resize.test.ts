import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { checkOperator, describeCase, input, list, type OperatorCase, weight } from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);
const floats = (...values: number[]) => weight([values.length], { values });
const empty = list([], 'float');
const scaled = (...scales: number[]) => [image, empty, floats(...scales)];
const sized = (...sizes: number[]) => [image, empty, empty, list(sizes)];
const coordinates = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'];

const cases: OperatorCase[] = [
  ...coordinates.flatMap((coordinate_transformation_mode): OperatorCase[] => [
    {
      op: 'Resize',
      inputs: scaled(1, 1, 2, 2),
      attributes: { mode: 'linear', coordinate_transformation_mode },
    },
    {
      op: 'Resize',
      inputs: sized(2, 3, 7, 3),
      attributes: { mode: 'linear', coordinate_transformation_mode },
    },
    {
      op: 'Resize',
      inputs: scaled(1, 1, 1.7, 0.6),
      attributes: { mode: 'linear', coordinate_transformation_mode },
    },
    {
      op: 'Resize',
      inputs: scaled(1, 1, 2, 3),
      attributes: { mode: 'nearest', coordinate_transformation_mode, nearest_mode: 'floor' },
    },
  ]),
  ...['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'].flatMap((nearest_mode): OperatorCase[] => [
    { op: 'Resize', inputs: sized(2, 3, 6, 3), attributes: { nearest_mode } },
    {
      op: 'Resize',
      inputs: sized(2, 3, 6, 3),
      attributes: { nearest_mode, coordinate_transformation_mode: 'asymmetric' },
    },
  ]),
  {
    op: 'Resize',
    inputs: sized(2, 3, 1, 1),
    attributes: { mode: 'linear', coordinate_transformation_mode: 'pytorch_half_pixel' },
  },
  { op: 'Resize', inputs: [input([2, 3, 6]), empty, floats(1, 1, 2)], attributes: { mode: 'linear' } },
  {
    op: 'Resize',
    inputs: [input([1, 2, 3, 4, 5]), empty, floats(1, 1, 2, 2, 2)],
    attributes: { mode: 'linear' },
  },
  {
    op: 'Resize',
    inputs: [image, empty, floats(2, 3)],
    attributes: { mode: 'linear', axes: [2, 3] },
    opset: 18,
  },
  { op: 'Resize', inputs: [image, floats(1, 1, 2, 2)], opset: 10 },
  { op: 'Resize', inputs: [image, floats(1, 1, 2, 2)], attributes: { mode: 'linear' }, opset: 10 },
  {
    op: 'Resize',
    inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), empty, floats(1, 1, 2, 2)],
    attributes: { mode: 'linear' },
  },
  {
    op: 'Resize',
    inputs: [input([2, 3, 4, 5], { open: [0, 2, 3] }), empty, floats(1, 1, 2, 2)],
    attributes: { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  },
  {
    op: 'Resize',
    inputs: [image, empty, empty, { shape: [4], values: [2, 3, 7, 9], type: 'int64' }],
    attributes: { mode: 'linear' },
  },
  { op: 'Upsample', inputs: [image, floats(1, 1, 2, 3)], opset: 9 },
  { op: 'Upsample', inputs: [image, floats(1, 1, 2, 2)], attributes: { mode: 'linear' }, opset: 9 },
];

describe('resizing gives what onnxruntime gives', () => {
  it.each(cases.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
