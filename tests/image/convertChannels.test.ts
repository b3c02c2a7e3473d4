import { describe, expect, it } from 'vitest';
import type { Rgba } from '../../src/common/parseColor';
import { convertChannels } from '../../src/image/convertChannels';
import type { ImageBatch } from '../../src/image/imageBatch';
import { firstDifference } from './firstDifference';

const BLACK: Rgba = [0, 0, 0, 255];
const WHITE: Rgba = [255, 255, 255, 255];

/** One row of pixels. */
function rowOf(channels: number, values: number[]): ImageBatch {
  return { batch: 1, height: 1, width: values.length / channels, channels, data: Float32Array.from(values) };
}

function convert(from: number, values: number[], to: number, background = BLACK): number[] {
  const { channels, data } = convertChannels(rowOf(from, values), to, background)!;
  expect(channels).toBe(to);
  return [...data];
}

describe('convertChannels', () => {
  it.each([
    ['red', [1, 0, 0], 0.2126],
    ['green', [0, 1, 0], 0.7152],
    ['blue', [0, 0, 1], 0.0722],
    ['black', [0, 0, 0], 0],
    ['white', [1, 1, 1], 1],
    ['a mixture', [0.5, 0.25, 1], 0.1063 + 0.1788 + 0.0722],
  ])('makes grey of %s by the luma of Rec. 709', (_, color, luma) => {
    expect(convert(3, color, 1)[0]).toBeCloseTo(luma, 7);
  });

  it('repeats grey as RGB and as opaque RGBA', () => {
    expect(convert(1, [0.25, 0.5], 3)).toEqual([0.25, 0.25, 0.25, 0.5, 0.5, 0.5]);
    expect(convert(1, [0.25], 4)).toEqual([0.25, 0.25, 0.25, 1]);
  });

  it('makes RGB opaque', () => {
    expect(convert(3, [0.25, 0.5, 0.75], 4)).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it.each<[string, number, Rgba, number[]]>([
    ['opaque', 1, WHITE, [1, 0.5, 0]],
    ['half over black', 0.5, BLACK, [0.5, 0.25, 0]],
    ['half over white', 0.5, WHITE, [1, 0.75, 0.5]],
    ['a quarter over green', 0.25, [0, 255, 0, 255], [0.25, 0.875, 0]],
    ['transparent over white', 0, WHITE, [1, 1, 1]],
    ['transparent over a transparent background', 0, [255, 255, 255, 0], [1, 1, 1]],
  ])('lays RGBA over the background: %s', (_, alpha, background, expected) => {
    expect(convert(4, [1, 0.5, 0, alpha], 3, background)).toEqual(expected);
  });

  it('lays RGBA over the background before it makes grey of it', () => {
    // Half of red over blue: (0.5, 0, 0.5).
    expect(convert(4, [1, 0, 0, 0.5], 1, [0, 0, 255, 255])[0]).toBeCloseTo(0.5 * 0.2126 + 0.5 * 0.0722, 7);
    expect(convert(4, [0.3, 0.3, 0.3, 0], 1, WHITE)[0]).toBeCloseTo(1, 7);
  });

  it('converts every pixel of every image', () => {
    const images: ImageBatch = {
      batch: 2,
      height: 2,
      width: 1,
      channels: 3,
      data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1),
    };
    const { data, ...size } = convertChannels(images, 1, BLACK)!;
    expect(size).toEqual({ batch: 2, height: 2, width: 1, channels: 1 });
    expect(firstDifference(data, [0.2126, 0.7152, 0.0722, 1], 1e-7)).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 7])('leaves images of %i channels as they are for as many', (channels) => {
    const images = rowOf(channels, new Array(channels).fill(0.5));
    expect(convertChannels(images, channels, WHITE)).toBe(images);
  });

  it.each([
    [1, 2],
    [2, 1],
    [2, 3],
    [3, 2],
    [3, 5],
    [5, 3],
    [4, 16],
  ])('has no conversion from %i to %i channels', (from, to) => {
    expect(convertChannels(rowOf(from, new Array(from).fill(0.5)), to, BLACK)).toBeUndefined();
  });

  it('leaves the images as they were', () => {
    const images = rowOf(4, [1, 0.5, 0.25, 0.5]);
    convertChannels(images, 1, WHITE);
    expect([...images.data]).toEqual([1, 0.5, 0.25, 0.5]);
  });
});
