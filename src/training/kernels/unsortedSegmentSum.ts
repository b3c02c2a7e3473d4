import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, type KernelCall, pointerTo, sizeOf } from '../../backend/wasmBackend';
import { outputOf } from '../plainValues';
import { binaryFor } from '../trainingBinary';

/**
 * Sums the rows of `x` that have the same of `segmentIds`: the gradient of a gather. Ids below 0 or not below
 * `numSegments` are left out.
 */
export function unsortedSegmentSum(
  call: KernelCall<Inputs<'x' | 'segmentIds'>, { readonly numSegments: number }>,
): TensorInfo {
  const { backend, inputs, attrs } = call;
  const { x, segmentIds } = inputs;
  const { numSegments } = attrs;
  const rest = x.shape.slice(segmentIds.shape.length);
  const [rows, channels] = [sizeOf(segmentIds.shape), sizeOf(rest)];
  const shape = [numSegments, ...rest];
  const binary = x.dtype === 'float32' ? binaryFor(backend) : undefined;
  if (binary) {
    const out = backend.makeOutput(shape, 'float32');
    const pointers = [x, segmentIds, out].map((info) => pointerTo(backend, info));
    binary.unsortedSegmentSum(...pointers, rows, channels, numSegments);
    return out;
  }
  const isFloat = x.dtype === 'float32';
  const values = backend.readSync(x.dataId) as Float32Array | Int32Array;
  const ids = backend.readSync(segmentIds.dataId) as Int32Array;
  const sums = new (isFloat ? Float32Array : Int32Array)(numSegments * channels);
  for (let row = 0; row < rows; row++) {
    const segment = ids[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    for (let channel = 0; channel < channels; channel++) {
      const at = segment * channels + channel;
      sums[at] = sums[at]! + values[row * channels + channel]!;
    }
  }
  return outputOf(backend, shape, sums, isFloat ? 'float32' : 'int32');
}
