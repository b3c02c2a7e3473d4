import '@tensorflow/tfjs-backend-cpu';
import { image, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageBatch } from '../../src/image/imageBatch';
import { resizeImages } from '../../src/image/resizeImages';
import { firstDifference } from './firstDifference';

beforeAll(() => setBackend('cpu'));

function rowOf(values: number[]): ImageBatch {
  return { batch: 1, height: 1, width: values.length, channels: 1, data: Float32Array.from(values) };
}

/** Resizes one row and, turned by a quarter, one column; they must be the same. */
function resizeRow(values: number[], width: number, antialias: boolean): number[] {
  const row = resizeImages(rowOf(values), 1, width, antialias);
  const column = resizeImages({ ...rowOf(values), height: values.length, width: 1 }, width, 1, antialias);
  expect(firstDifference(column.data, row.data)).toBeUndefined();
  return [...row.data];
}

function waves(batch: number, height: number, width: number, channels: number): ImageBatch {
  const data = Float32Array.from({ length: batch * height * width * channels }, (_, at) =>
    Math.sin(at * at * 0.37),
  );
  return { batch, height, width, channels, data };
}

describe('resizeImages', () => {
  it.each([
    // Centres of the result at -0.25, 0.25, 0.75, 1.25: the border is repeated.
    ['doubles', [0, 4], 4, [0, 1, 3, 4]],
    // Centres at 0.5 and 2.5.
    ['halves', [0, 4, 8, 16], 2, [2, 12]],
    // Centre at 1: only the middle pixel counts.
    ['takes a third', [5, 6, 1], 1, [6]],
    // Centres at -1/3, 0, 1/3.
    ['spreads a single pixel', [7], 3, [7, 7, 7]],
    // Centres at 0.25 and 1.75.
    ['shrinks by two thirds', [0, 4, 8], 2, [1, 7]],
  ])('%s', (_, values, width, expected) => {
    expect(resizeRow(values, width, false)).toEqual(expected);
  });

  it.each([
    // Triangle of radius 2 around 0.5: weights ¾, ¾, ¼ of pixels 0, 1, 2; around 2.5 their mirror image.
    ['halves', [0, 7, 14, 28], 2, [(0.75 * 7 + 0.25 * 14) / 1.75, (0.25 * 7 + 0.75 * 14 + 0.75 * 28) / 1.75]],
    // Triangle of radius 4 around 1.5: 0.625, 0.875, 0.875, 0.625.
    ['takes a quarter', [3, 0, 0, 0], 1, [(0.625 * 3) / 3]],
    // Triangle of radius 3 around 1: ⅔, 1, ⅔.
    ['takes a third', [5, 6, 1], 1, [((2 / 3) * 5 + 6 + (2 / 3) * 1) / (7 / 3)]],
    // Enlarging, the triangle keeps its radius of 1.
    ['doubles', [0, 4], 4, [0, 1, 3, 4]],
    ['spreads a single pixel', [7], 3, [7, 7, 7]],
  ])('%s with antialiasing', (_, values, width, expected) => {
    expect(firstDifference(resizeRow(values, width, true), expected, 1e-6)).toBeUndefined();
  });

  it('lets a thin line count only with antialiasing', () => {
    const line = [0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0];
    expect(resizeRow(line, 3, false)).toEqual([0, 0, 0]);
    expect(Math.max(...resizeRow(line, 3, true))).toBeGreaterThan(1);
  });

  it.each([
    [1, 28, 28, 1, 14, 14],
    [1, 5, 7, 1, 28, 28],
    [2, 32, 24, 3, 28, 28],
    [1, 28, 28, 3, 7, 61],
    [3, 1, 1, 4, 5, 3],
    [1, 64, 48, 2, 1, 1],
    [1, 100, 3, 1, 28, 3],
  ])(
    'agrees with TensorFlow.js: [%i, %i, %i, %i] to %i × %i',
    async (batch, height, width, channels, toHeight, toWidth) => {
      const images = waves(batch, height, width, channels);
      const resized = resizeImages(images, toHeight, toWidth, false);
      expect(resized).toMatchObject({ batch, height: toHeight, width: toWidth, channels });

      const source = tensor4d(images.data.slice(), [batch, height, width, channels]);
      const target = image.resizeBilinear(source, [toHeight, toWidth], false, true);
      expect(firstDifference(resized.data, await target.data(), 1e-5)).toBeUndefined();
      source.dispose();
      target.dispose();
    },
  );

  it.each([true, false])('keeps a constant image constant, antialias %s', (antialias) => {
    const images = {
      batch: 1,
      height: 13,
      width: 17,
      channels: 2,
      data: new Float32Array(13 * 17 * 2).fill(0.3),
    };
    for (const [height, width] of [
      [28, 28],
      [4, 5],
      [1, 1],
      [13, 3],
      [40, 17],
    ] as const) {
      const { data } = resizeImages(images, height, width, antialias);
      expect(firstDifference(data, new Float32Array(height * width * 2).fill(0.3), 1e-7)).toBeUndefined();
    }
  });

  it('keeps images and channels apart', () => {
    const data = Float32Array.of(0, 10, 4, 20, 100, 1000, 200, 3000);
    const images = { batch: 2, height: 1, width: 2, channels: 2, data };
    expect([...resizeImages(images, 1, 1, false).data]).toEqual([2, 15, 150, 2000]);
    expect([...resizeImages(images, 1, 1, true).data]).toEqual([2, 15, 150, 2000]);
  });

  it.each([true, false])('leaves images of the right size as they are, antialias %s', (antialias) => {
    const images = waves(1, 4, 5, 1);
    expect(resizeImages(images, 4, 5, antialias)).toBe(images);
  });

  it('leaves the images as they were', () => {
    const images = waves(1, 6, 5, 1);
    resizeImages(images, 2, 2, true);
    expect(firstDifference(images.data, waves(1, 6, 5, 1).data)).toBeUndefined();
  });
});
