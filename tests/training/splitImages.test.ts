import { describe, expect, it } from 'vitest';
import { splitImages } from '../../src/training/splitImages';

function numbered(count: number) {
  const labels = Uint8Array.from({ length: count }, (_, index) => index);
  return {
    count,
    height: 1,
    width: 2,
    images: Uint8Array.from({ length: 2 * count }, (_, at) => at),
    labels,
  };
}

describe('splitImages', () => {
  it('takes the last tenth, the first part being rounded down as Keras does', () => {
    const { training, validation } = splitImages(numbered(15), 0.1);
    expect(training).toMatchObject({ count: 13, height: 1, width: 2 });
    expect(validation).toEqual({
      count: 2,
      height: 1,
      width: 2,
      images: Uint8Array.of(26, 27, 28, 29),
      labels: Uint8Array.of(13, 14),
    });
    expect(training.images).toHaveLength(26);
  });

  it('makes 54,000 and 6,000 of MNIST', () => {
    const bytes = new Uint8Array(60_000);
    const { training, validation } = splitImages(
      { count: 60_000, height: 1, width: 1, images: bytes, labels: bytes },
      0.1,
    );
    expect([training.count, validation?.count]).toEqual([54_000, 6_000]);
  });

  it('copies nothing', () => {
    const data = numbered(10);
    const { training, validation } = splitImages(data, 0.5);
    expect(training.images.buffer).toBe(data.images.buffer);
    expect(validation?.labels.buffer).toBe(data.labels.buffer);
    expect(splitImages(data, 0)).toEqual({ training: data, validation: undefined });
  });

  it.each([
    [1, 0.1],
    [5, 0.9],
  ])('refuses to split %i images at %d', (count, share) => {
    expect(() => splitImages(numbered(count), share)).toThrow(RangeError);
  });
});
