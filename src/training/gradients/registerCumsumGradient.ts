import { cumsum } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replaceGradient';

interface Attributes {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/** Registers the gradient of `cumsum`. tfjs's own turns the axes of it once more where it is not along the last one. */
export function registerCumsumGradient(): void {
  replaceGradient<Attributes>('Cumsum', () => (dy, _saved, { axis, exclusive, reverse }) => ({
    x: () => cumsum(dy, axis, exclusive, !reverse),
  }));
}
