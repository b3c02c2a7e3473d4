import type { TensorInfo } from '@tensorflow/tfjs-core';
import { outputOf, readFloats } from '../plainValues';
import { binaryFor } from '../trainingBinary';
import { type KernelCall, pointerTo, sizeOf } from '../wasmBackend';

/**
 * Sums the rows of `x` that have the same of `segmentIds`: the gradient of a gather. Ids below 0 or not below
 * `numSegments` are left out.
 *
 * @throws RangeError if `x` is not float32.
 */
export function unsortedSegmentSum(
  call: KernelCall<'x' | 'segmentIds', { readonly numSegments: number }>,
): TensorInfo {
  const { backend, inputs, attrs } = call;
  const { x, segmentIds } = inputs;
  const { numSegments } = attrs;
  if (x.dtype !== 'float32')
    throw new RangeError(`UnsortedSegmentSum: expected x of float32, got ${x.dtype}`);
  const rest = x.shape.slice(segmentIds.shape.length);
  const [rows, channels] = [sizeOf(segmentIds.shape), sizeOf(rest)];
  const shape = [numSegments, ...rest];
  const binary = binaryFor(backend);
  if (binary) {
    const out = backend.makeOutput(shape, 'float32');
    const pointers = [x, segmentIds, out].map((info) => pointerTo(backend, info));
    binary.unsortedSegmentSum(...pointers, rows, channels, numSegments);
    return out;
  }
  const values = readFloats(backend, x);
  const ids = backend.readSync(segmentIds.dataId) as Int32Array;
  const sums = new Float32Array(numSegments * channels);
  for (let row = 0; row < rows; row++) {
    const segment = ids[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    for (let channel = 0; channel < channels; channel++) {
      const at = segment * channels + channel;
      sums[at] = sums[at]! + values[row * channels + channel]!;
    }
  }
  return outputOf(backend, shape, sums);
}
