import {
  add,
  gatherND,
  range,
  reshape,
  scatterND,
  type Tensor,
  transpose,
  unsortedSegmentSum,
  zeros,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../../backend/wasmBackend';
import { addGradient } from './addGradient';
import { replaceGradient } from './replaceGradient';

/**
 * Registers the gradients of gathers with batch dimensions, which tfjs refuses or computes for one image only, and of
 * `gatherND` and `scatterND`, which it lacks.
 */
export function registerGatherGradients(): void {
  replaceGradient<{ axis: number; batchDims: number }>('GatherV2', (original) => (dy, saved, attributes) => {
    const [x, indices] = saved as [Tensor, Tensor];
    const batchDims = (attributes.batchDims + indices.rank) % indices.rank;
    if (attributes.batchDims === 0 || batchDims === 0) return original(dy, saved, attributes);
    const axis = (attributes.axis + x.rank) % x.rank;
    return {
      x: () => gradientOfBatches(dy, x.shape, indices, axis, batchDims),
      indices: () => zeros(indices.shape),
    };
  });
  addGradient('GatherNd', ['params', 'indices'], (dy, [params, indices]) => ({
    params: () => scatterND(indices!, dy, params!.shape),
    indices: () => zeros(indices!.shape),
  }));
  addGradient('ScatterNd', ['indices'], (dy, [indices]) => ({
    updates: () => gatherND(dy, indices!),
    indices: () => zeros(indices!.shape),
  }));
}

/** Adds up what was taken from each place; the places of all batches are numbered one after the other. */
function gradientOfBatches(
  dy: Tensor,
  shape: number[],
  indices: Tensor,
  axis: number,
  batchDims: number,
): Tensor {
  const batches = sizeOf(shape.slice(0, batchDims));
  const outer = sizeOf(shape.slice(batchDims, axis));
  const [length, inner] = [shape[axis]!, sizeOf(shape.slice(axis + 1))];
  const picked = sizeOf(indices.shape.slice(batchDims));
  const rows = reshape(transpose(reshape(dy, [batches, outer, picked, inner]), [0, 2, 1, 3]), [
    batches * picked,
    outer * inner,
  ]);
  const starts = reshape(range(0, batches * length, length, 'int32'), [batches, 1]);
  const places = reshape(add(reshape(indices, [batches, picked]), starts), [batches * picked]);
  const sums = unsortedSegmentSum(rows, places as never, batches * length);
  return reshape(transpose(reshape(sums, [batches, length, outer, inner]), [0, 2, 1, 3]), shape);
}
