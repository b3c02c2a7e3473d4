import { pad, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../backend/wasmBackend';

/** Puts stride - 1 zeros between the values along an axis: what a step of `stride` does, the other way round. */
export function spreadAxis(x: Tensor, axis: number, stride: number): Tensor {
  const length = x.shape[axis]!;
  if (stride === 1 || length < 2) return x;
  const [outer, inner] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis + 1))];
  const apart = pad(reshape(x, [outer, length, 1, inner]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const spread = (length - 1) * stride + 1;
  const kept = slice(reshape(apart, [outer, length * stride, inner]), [0, 0, 0], [outer, spread, inner]);
  return reshape(
    kept,
    x.shape.map((size, at) => (at === axis ? spread : size)),
  );
}
