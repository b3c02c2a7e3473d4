import { reshape, reverse, slice_util, zeros } from '@tensorflow/tfjs-core';
import { addGradient } from './addGradient';
import { cropOrPad } from './cropOrPad';
import { spreadAxis } from './spreadAxis';

interface Attributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** Registers the gradient of a strided slice, which tfjs lacks: dy goes back to where it was taken from, among zeros. */
export function registerStridedSliceGradient(): void {
  addGradient<Attributes>('StridedSlice', ['x'], (dy, [x], attributes) => {
    const { shape } = x!;
    const { begin, end, strides } = slice_util.sliceInfo(
      shape,
      attributes.begin,
      attributes.end,
      attributes.strides,
      attributes.beginMask,
      attributes.endMask,
      attributes.ellipsisMask,
      attributes.newAxisMask,
      attributes.shrinkAxisMask,
    );
    // Those of every axis of x, whatever was made of them afterwards.
    const counts = shape.map((_, axis) =>
      Math.max(0, Math.ceil((end[axis]! - begin[axis]!) / strides[axis]!)),
    );
    return {
      x: () => {
        if (counts.includes(0)) return zeros(shape);
        let values = reshape(dy, counts);
        const edges = shape.map((length, axis): [number, number] => {
          const [first, stride, count] = [begin[axis]!, strides[axis]!, counts[axis]!];
          if (stride < 0) values = reverse(values, axis);
          values = spreadAxis(values, axis, Math.abs(stride));
          const last = first + (count - 1) * stride;
          return [Math.min(first, last), length - 1 - Math.max(first, last)];
        });
        return cropOrPad(values, edges);
      },
    };
  });
}
