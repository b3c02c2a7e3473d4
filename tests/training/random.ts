import { createRandom } from '../../src/data/random';

/** Random numbers and shapes, the same for the same seed. */
export function randomSource(seed: number) {
  const random = createRandom(seed);
  return {
    /** A whole number from `low` to `high`, both included. */
    whole: (low: number, high: number) => low + Math.floor(random() * (high - low + 1)),
    pick: <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!,
    /** Numbers from -1 to 1. */
    floats: (count: number) => Float32Array.from({ length: count }, () => random() * 2 - 1),
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Largest difference, in relation to the largest value expected. */
export function relativeError(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(values[at]! - expected[at]!));
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return values.length === expected.length ? difference / Math.max(largest, 1e-30) : Number.POSITIVE_INFINITY;
}
