import type { LazyWeight } from '../weights/LazyWeight';

/** The order of weights in a block: bools take a byte each, so they come last, for floats have to begin at a multiple of four. */
export function sortWeights(weights: readonly LazyWeight[]): LazyWeight[] {
  return [
    ...weights.filter(({ dtype }) => dtype !== 'bool'),
    ...weights.filter(({ dtype }) => dtype === 'bool'),
  ];
}
