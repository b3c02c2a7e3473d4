import { add, pad, reverse, slice, type Tensor } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replaceGradient';

interface Attributes {
  readonly paddings: readonly (readonly [number, number])[];
  readonly mode: 'reflect' | 'symmetric';
}

/** Registers the gradient of mirror padding. tfjs's own drops what comes into the border, which is made of the image too. */
export function registerMirrorPadGradient(): void {
  replaceGradient<Attributes>('MirrorPad', () => (dy, _saved, { paddings, mode }) => {
    // `reflect` leaves out the outermost values.
    const skipped = mode === 'reflect' ? 1 : 0;
    return { x: () => paddings.reduce((values, sides, axis) => fold(values, axis, sides, skipped), dy) };
  });
}

/** Folds both borders back onto the values that they mirror, along an axis. */
function fold(dy: Tensor, axis: number, [before, after]: readonly [number, number], skipped: number): Tensor {
  const length = dy.shape[axis]! - before - after;
  const part = (begin: number, count: number) =>
    slice(
      dy,
      dy.shape.map((_, at) => (at === axis ? begin : 0)),
      dy.shape.map((size, at) => (at === axis ? count : size)),
    );
  const onto = (border: Tensor, begin: number) => {
    const end = length - begin - border.shape[axis]!;
    const edges = dy.shape.map((_, at): [number, number] => (at === axis ? [begin, end] : [0, 0]));
    return pad(reverse(border, axis), edges);
  };
  let values = before + after > 0 ? part(before, length) : dy;
  if (before > 0) values = add(values, onto(part(0, before), skipped));
  if (after > 0) values = add(values, onto(part(before + length, after), length - skipped - after));
  return values;
}
