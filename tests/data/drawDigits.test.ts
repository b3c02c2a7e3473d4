import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../src/data/drawDigits';

const PIXELS = 28 * 28;

function imagesOf(images: Uint8Array): string[] {
  return Array.from({ length: images.length / PIXELS }, (_, index) =>
    images.subarray(index * PIXELS, (index + 1) * PIXELS).join(),
  );
}

describe('drawDigits', () => {
  it('draws the digits in turn, as 28 × 28 bytes', () => {
    const { count, height, width, images, labels } = drawDigits(23);
    expect([count, height, width]).toEqual([23, 28, 28]);
    expect(images).toBeInstanceOf(Uint8Array);
    expect(images.length).toBe(23 * PIXELS);
    expect(labels).toEqual(
      Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2),
    );
  });

  it('draws no image twice', () => {
    const [one, other] = [drawDigits(300, { seed: 1 }), drawDigits(300, { seed: 2 })];
    expect(new Set([...imagesOf(one.images), ...imagesOf(other.images)]).size).toBe(600);
  });

  it('draws the same digits for the same seed, 0 unless said otherwise', () => {
    const draw = (options?: { seed?: number | undefined }) => imagesOf(drawDigits(20, options).images);
    expect(draw({ seed: 9 })).toEqual(draw({ seed: 9 }));
    expect(draw()).toEqual(draw({ seed: 0 }));
    expect(draw({ seed: undefined })).toEqual(draw());
  });

  it('begins a longer set with the shorter one', () => {
    const [short, long] = [drawDigits(15, { seed: 4 }), drawDigits(40, { seed: 4 })];
    expect(imagesOf(long.images).slice(0, 15)).toEqual(imagesOf(short.images));
  });

  it.each([
    [0, {}, 'count: expected a whole number from 1 to 1000000, got 0'],
    [2.5, {}, 'count: expected a whole number from 1 to 1000000, got 2.5'],
    ['10', {}, 'count: expected a whole number from 1 to 1000000, got "10"'],
    [2 ** 31, {}, 'count: expected a whole number from 1 to 1000000, got 2147483648'],
    [10, { seed: -1 }, 'seed: expected a whole number of at least 0, got -1'],
    [10, { seed: 0.5 }, 'seed: expected a whole number of at least 0, got 0.5'],
  ])('refuses the count %j and the options %j', (count, options, message) => {
    expect(() => drawDigits(count as never, options as never)).toThrow(new RangeError(message));
  });
});
