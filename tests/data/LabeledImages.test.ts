import { describe, expect, it } from 'vitest';
import { labelImages } from '../../src/data/LabeledImages';

const images = { shape: [2, 1, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
const labels = { shape: [2], data: Uint8Array.of(7, 8) };

describe('labelImages', () => {
  it('joins images and labels', () => {
    expect(labelImages(images, labels)).toEqual({
      count: 2,
      height: 1,
      width: 3,
      images: images.data,
      labels: labels.data,
    });
  });

  it.each([
    ['a label too few', images, { shape: [1], data: Uint8Array.of(7) }],
    ['labels in rows', images, { shape: [2, 1], data: labels.data }],
    ['colours', { shape: [2, 1, 1, 3], data: images.data }, labels],
    ['rows without height', { shape: [2, 3], data: images.data }, labels],
    ['floats', { shape: [2, 1, 3], data: new Float32Array(6) }, labels],
    ['labels with a sign', images, { shape: [2], data: Int8Array.of(7, 8) }],
  ])('refuses %s', (_, someImages, someLabels) => {
    expect(() => labelImages(someImages, someLabels)).toThrow(RangeError);
    expect(() => labelImages(someImages, someLabels)).toThrow('images, labels: expected bytes of the shapes');
  });
});
