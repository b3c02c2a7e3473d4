import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  type Inputs,
  type KernelCall,
  type OriginalKernel,
  pointerTo,
  sizeOf,
} from '../../backend/wasmBackend';
import { binaryFor } from '../trainingBinary';
import { withScratch } from '../withScratch';

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Multiplies matrices one of which stands turned, as the gradients of a dense layer do. Leaves others alone. */
export function batchMatMul(original: OriginalKernel) {
  return (call: KernelCall<Inputs<'a' | 'b'>, Attributes>): TensorInfo => {
    const { backend, inputs, attrs } = call;
    const { a, b } = inputs;
    const { transposeA, transposeB } = attrs;
    const binary = binaryFor(backend);
    const isPlain = a.dtype === 'float32' && b.dtype === 'float32' && sizeOf(a.shape) * sizeOf(b.shape) > 0;
    const isTurned = transposeA || transposeB;
    const isAlike =
      a.shape.length === b.shape.length &&
      a.shape.slice(0, -2).every((length, axis) => length === b.shape[axis]);
    const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
    const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
    const [rows, length] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
    const [columns, otherLength] = transposeB ? [bRows, bColumns] : [bColumns, bRows];
    if (!binary || !isPlain || !isTurned || !isAlike || length !== otherLength) {
      return original(call);
    }

    const outer = a.shape.slice(0, -2);
    const out = backend.makeOutput([...outer, rows, columns], 'float32');
    const count = sizeOf(outer);
    const [rowStep, columnStep] = transposeA ? [4, aColumns * 4] : [aColumns * 4, 4];
    withScratch(backend, (allocate) => {
      let right = pointerTo(backend, b);
      if (transposeB) {
        const turned = allocate(count * length * columns);
        binary.transpose(right, turned, count, bRows, bColumns, bColumns, bRows);
        right = turned;
      }
      const [left, product] = [pointerTo(backend, a), pointerTo(backend, out)];
      for (let at = 0; at < count; at++) {
        const leftAt = left + at * rows * length * 4;
        const rightAt = right + at * length * columns * 4;
        binary.matMul(
          leftAt,
          rowStep,
          columnStep,
          rightAt,
          product + at * rows * columns * 4,
          rows,
          columns,
          length,
        );
      }
    });
    return out;
  };
}
