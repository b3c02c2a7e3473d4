import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/data/random';

describe('createRandom', () => {
  // Computed with whole numbers of any size in Python from the definition of mulberry32 in C.
  it.each([
    [0, [1144304738, 1416247, 958946056]],
    [1, [2693262067, 11749833, 2265367787]],
    [42, [2581720956, 1925393290, 3661312704]],
    [0xffffffff, [3850105811, 813802916, 3073704848]],
  ])('is mulberry32 for the seed %i', (seed, words) => {
    const random = createRandom(seed);
    expect([random(), random(), random()]).toEqual(words.map((word) => word / 2 ** 32));
  });

  it('takes seeds beyond 32 bits by their lowest bits', () => {
    expect(createRandom(2 ** 32 + 42)()).toBe(createRandom(42)());
  });

  it('keeps every generator apart', () => {
    const [one, other] = [createRandom(7), createRandom(7)];
    const first = one();
    one();
    expect(other()).toBe(first);
  });

  it('stays within 0 (included) and 1 (excluded), and fills it evenly', () => {
    const random = createRandom(3);
    const bins = new Array(10).fill(0);
    for (let count = 0; count < 10_000; count++) bins[Math.floor(random() * 10)]++;
    expect(bins.length).toBe(10);
    // 1000 each; five standard deviations are 150.
    expect(Math.min(...bins)).toBeGreaterThan(850);
    expect(Math.max(...bins)).toBeLessThan(1150);
  });
});
