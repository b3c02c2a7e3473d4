import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/data/random';
import { shuffle } from '../../src/training/shuffle';

function shuffled(count: number, random: () => number): number[] {
  const numbers = Uint32Array.from({ length: count }, (_, index) => index);
  shuffle(numbers, random);
  return Array.from(numbers);
}

describe('shuffle', () => {
  it('loses and doubles no number', () => {
    const order = shuffled(1000, createRandom(1));
    expect([...order].sort((one, other) => one - other)).toEqual(shuffled(1000, () => 0.9999));
    expect(order).not.toEqual(shuffled(1000, createRandom(2)));
  });

  it('makes each order of three as often as any other', () => {
    const random = createRandom(3);
    const counts = new Map<string, number>();
    for (let time = 0; time < 6000; time++) {
      const order = shuffled(3, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1000 each; five standard deviations are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
  });
});
