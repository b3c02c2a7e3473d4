import { beforeAll, describe, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import {
  checkOperator,
  describeCase,
  type Given,
  input,
  list,
  type OperatorCase,
  scalar,
  weight,
} from './checkOperator';

beforeAll(() => useWasmBackend());

const image = input([2, 3, 4, 5]);
const open = input([2, 3, 4, 5], { open: [0, 2, 3] });
/** Whole numbers that the file does not have: the graph is given them. */
const computed = (...values: number[]): Given => ({ shape: [values.length], values, type: 'int64' });
const axes = (...values: number[]) => list(values);

const reshaped: OperatorCase[] = [
  { op: 'Reshape', inputs: [image, list([2, 60])] },
  { op: 'Reshape', inputs: [image, list([0, 3, -1])] },
  { op: 'Reshape', inputs: [image, list([2, 3, 2, 10])] },
  { op: 'Reshape', inputs: [image, list([-1])] },
  { op: 'Reshape', inputs: [image, list([2, 6, 10])] },
  { op: 'Reshape', inputs: [open, list([0, 0, -1])] },
  { op: 'Reshape', inputs: [open, list([0, -1, 4, 5])] },
  { op: 'Reshape', inputs: [image, { shape: [2], values: [6, 20], type: 'int64' }] },
  { op: 'Flatten', inputs: [image] },
  { op: 'Flatten', inputs: [image], attributes: { axis: 2 } },
  { op: 'Flatten', inputs: [image], attributes: { axis: 0 } },
  { op: 'Flatten', inputs: [open] },
  { op: 'Flatten', inputs: [input([2, 3, 4, 5], { open: [0] })], opset: 9 },
  { op: 'Flatten', inputs: [image], attributes: { axis: -1 } },
  { op: 'Squeeze', inputs: [input([2, 3, 1, 1]), axes(2, 3)] },
  { op: 'Squeeze', inputs: [input([2, 1, 4, 5]), axes(1)] },
  { op: 'Squeeze', inputs: [input([1, 3, 1, 5])] },
  { op: 'Squeeze', inputs: [input([2, 3, 1, 5])], attributes: { axes: [2] }, opset: 11 },
  { op: 'Squeeze', inputs: [input([2, 3, 1, 5]), axes(-2)] },
  { op: 'Unsqueeze', inputs: [image, axes(0)] },
  { op: 'Unsqueeze', inputs: [input([2, 5]), axes(1, 3)] },
  { op: 'Unsqueeze', inputs: [input([2, 5]), axes(-1)] },
  { op: 'Unsqueeze', inputs: [input([2, 5])], attributes: { axes: [2, 3] }, opset: 11 },
  { op: 'Transpose', inputs: [image] },
  { op: 'Transpose', inputs: [image], attributes: { perm: [0, 2, 3, 1] } },
  { op: 'Transpose', inputs: [image], attributes: { perm: [0, 3, 1, 2] } },
  { op: 'Transpose', inputs: [image], attributes: { perm: [1, 0, 3, 2] } },
  { op: 'Transpose', inputs: [input([2, 3, 4])], attributes: { perm: [0, 2, 1] } },
  { op: 'Transpose', inputs: [input([2, 3, 4, 5, 6])], attributes: { perm: [0, 4, 1, 3, 2] } },
  { op: 'Expand', inputs: [input([3, 1]), list([2, 3, 4])] },
  { op: 'Expand', inputs: [input([2, 3, 1, 1]), list([2, 3, 4, 5])] },
  { op: 'Expand', inputs: [weight([3, 1]), list([3, 4])] },
  { op: 'Identity', inputs: [image] },
  { op: 'Dropout', inputs: [image] },
  { op: 'Dropout', inputs: [image], opset: 9 },
  { op: 'Cast', inputs: [image], attributes: { to: 7 } },
  { op: 'Cast', inputs: [image], attributes: { to: 9 } },
  { op: 'Cast', inputs: [input([2, 5], { type: 'bool' })], attributes: { to: 1 } },
  { op: 'Cast', inputs: [input([2, 5], { type: 'int32' })], attributes: { to: 1 } },
  { op: 'CastLike', inputs: [input([2, 5]), scalar(1, 'int32')], opset: 19 },
  { op: 'Shape', inputs: [image] },
  { op: 'Shape', inputs: [open] },
  { op: 'Shape', inputs: [open], attributes: { start: 1, end: -1 } },
  { op: 'Size', inputs: [open] },
  { op: 'ConstantOfShape', inputs: [{ shape: [2], values: [3, 4], type: 'int64' }] },
  {
    op: 'ConstantOfShape',
    inputs: [{ shape: [2], values: [3, 4], type: 'int64' }],
    attributes: { value: { shape: [1], values: [7], type: 'int64' } },
  },
  { op: 'Range', inputs: [1, 8, 2].map((value) => ({ shape: [], values: [value], type: 'float' as const })) },
  {
    op: 'Range',
    inputs: [9, 2, -3].map((value) => ({ shape: [], values: [value], type: 'int64' as const })),
  },
];

const moved: OperatorCase[] = [
  { op: 'Concat', inputs: [image, input([2, 1, 4, 5])], attributes: { axis: 1 } },
  { op: 'Concat', inputs: [image, weight([2, 3, 2, 5]), image], attributes: { axis: -2 } },
  { op: 'Concat', inputs: [input([2, 3]), input([2, 4])], attributes: { axis: 1 }, opset: 9 },
  { op: 'Concat', inputs: [image], attributes: { axis: 1 } },
  { op: 'Split', inputs: [input([2, 6, 4, 5]), list([1, 2, 3])], attributes: { axis: 1 }, outputs: 3 },
  { op: 'Split', inputs: [input([2, 6, 4, 5])], attributes: { axis: 1 }, outputs: 3 },
  {
    op: 'Split',
    inputs: [input([2, 6, 4, 5])],
    attributes: { axis: 1, split: [2, 4] },
    outputs: 2,
    opset: 11,
  },
  { op: 'Split', inputs: [input([2, 7])], attributes: { axis: -1, num_outputs: 3 }, outputs: 3, opset: 18 },
  { op: 'Slice', inputs: [image, list([1]), list([3]), axes(3)] },
  { op: 'Slice', inputs: [image, list([0, 1]), list([2 ** 53, -1]), axes(1, 2)] },
  { op: 'Slice', inputs: [image, list([1, 0]), list([9, 9]), axes(2, 3), list([2, 3])] },
  { op: 'Slice', inputs: [image, list([-1]), list([-(2 ** 53)]), axes(3), list([-2])] },
  { op: 'Slice', inputs: [image, list([3]), list([0]), axes(3), list([-1])] },
  { op: 'Slice', inputs: [image, list([2]), list([1]), axes(3)] },
  { op: 'Slice', inputs: [image], attributes: { starts: [0, 1], ends: [9, 3], axes: [2, 3] }, opset: 9 },
  { op: 'Slice', inputs: [open, list([1]), list([-1]), axes(2)] },
  { op: 'Slice', inputs: [open, list([1]), list([3]), axes(3), list([2])] },
  { op: 'Slice', inputs: [input([6]), list([-3]), list([2 ** 53])] },
  { op: 'Gather', inputs: [image, list([0, 2, -1])], attributes: { axis: 1 } },
  { op: 'Gather', inputs: [image, scalar(1, 'int64')], attributes: { axis: 1 } },
  { op: 'Gather', inputs: [image, scalar(-1, 'int64')], attributes: { axis: 3 } },
  { op: 'Gather', inputs: [image, scalar(0, 'int64')] },
  { op: 'Gather', inputs: [image, list([-2])], attributes: { axis: 2 } },
  { op: 'Gather', inputs: [input([3, 2, 4, 2, 5]), scalar(2, 'int64')] },
  { op: 'Gather', inputs: [input([3, 2, 4, 2, 5]), scalar(1, 'int64')], attributes: { axis: 2 } },
  { op: 'Gather', inputs: [weight([6, 4]), { shape: [2, 3], values: [0, 5, 2, -1, 3, 1], type: 'int64' }] },
  {
    op: 'Gather',
    inputs: [image, { shape: [2, 2], values: [0, 1, 2, 3], type: 'int64', isConstant: true }],
    attributes: { axis: 2 },
  },
  { op: 'GatherND', inputs: [image, { shape: [2, 2], values: [0, 1, -1, 2], type: 'int64' }] },
  {
    op: 'GatherND',
    inputs: [input([3, 4]), { shape: [3, 2], values: [0, 1, 2, -1, 1, 1], type: 'int64', isConstant: true }],
  },
  {
    op: 'GatherElements',
    inputs: [input([3, 4]), { shape: [2, 4], values: [0, 1, 2, 0, 2, -1, 0, 1], type: 'int64' }],
  },
  {
    op: 'GatherElements',
    inputs: [input([3, 4]), { shape: [3, 2], values: [0, 3, 1, -1, 2, 0], type: 'int64', isConstant: true }],
    attributes: { axis: 1 },
  },
  {
    op: 'ScatterND',
    inputs: [input([5, 3]), { shape: [2, 1], values: [4, -5], type: 'int64' }, input([2, 3])],
  },
  {
    op: 'ScatterND',
    inputs: [
      weight([5, 3]),
      { shape: [2, 1], values: [4, 1], type: 'int64', isConstant: true },
      weight([2, 3]),
    ],
  },
  { op: 'Tile', inputs: [image, list([1, 2, 1, 3])] },
  { op: 'Tile', inputs: [input([3]), list([4])] },
  { op: 'Tile', inputs: [input([3, 2]), computed(2, 3)] },
  { op: 'Slice', inputs: [image, computed(1, 0), computed(3, -1), axes(1, 3)] },
  { op: 'Slice', inputs: [input([7]), computed(1), computed(6), axes(0), list([2])] },
  { op: 'Expand', inputs: [input([3, 1]), computed(2, 1, 4)] },
  { op: 'DepthToSpace', inputs: [input([2, 12, 3, 4])], attributes: { blocksize: 2 } },
  { op: 'DepthToSpace', inputs: [input([2, 12, 3, 4])], attributes: { blocksize: 2, mode: 'CRD' } },
  {
    op: 'DepthToSpace',
    inputs: [input([1, 18, 2, 3], { open: [0, 2, 3] })],
    attributes: { blocksize: 3, mode: 'CRD' },
  },
  { op: 'SpaceToDepth', inputs: [input([2, 3, 4, 6])], attributes: { blocksize: 2 } },
];

describe('shapes become what onnxruntime makes of them', () => {
  it.each(reshaped.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
  it.each(moved.map((one) => [describeCase(one), one] as const))('%s', (_, one) => checkOperator(one));
});
