import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/data/random';
import type { Preprocess } from '../../src/image/Preprocess';
import { preprocessImages } from '../../src/image/preprocessImages';
import { firstDifference } from './firstDifference';

/** Two pixels of a channel of 3: the bytes 0, 128, 255 and 255, 0, 51. */
const COLOR = [0, 128, 255, 255, 0, 51];

function apply(bytes: readonly number[], channels: number, preprocess: unknown): number[] {
  const images = {
    batch: 1,
    height: 1,
    width: bytes.length / channels,
    channels,
    data: Float32Array.from(bytes),
    white: 255,
  };
  return [...preprocessImages(images, preprocess as Preprocess).data];
}

describe('preprocessImages', () => {
  // Computed by numpy in double precision, 'torch' by PyTorch as torchvision's Normalize does: (v / 255 - mean) / std.
  it.each<[string, number[]]>([
    ['unit', [0, 0.5019607843137255, 1, 1, 0, 0.2]],
    ['none', COLOR],
    ['tf', [-1, 0.00392156862745098, 1, 1, -1, -0.6]],
    [
      'torch',
      [
        -2.1179039301310043, 0.2051820728291315, 2.64, 2.2489082969432315, -2.0357142857142856,
        -0.9155555555555556,
      ],
    ],
    ['caffe', [151.061, 11.221, -123.68, -52.939, -116.779, 131.32]],
  ])('%s', (name, values) => {
    expect(firstDifference(apply(COLOR, 3, name), values, 1e-5)).toBeUndefined();
  });

  it.each<[string, Preprocess, number[], number, number[]]>([
    ['nothing: 0..1', {}, [0, 51, 255], 1, [0, 0.2, 1]],
    ['a scale', { scale: 2 }, [0, 51, 255], 1, [0, 102, 510]],
    ['scale, then offset', { scale: 0.5, offset: -10 }, [0, 20, 255], 1, [-10, 0, 117.5]],
    ['mean and std in the units behind scale', { mean: 0.5, std: 0.25 }, [0, 255], 1, [-2, 2]],
    ['offset before mean and std', { scale: 1, offset: 5, mean: 3, std: 4 }, [0, 10], 1, [0.5, 3]],
    ['inversion first', { invert: true, scale: 1, offset: 1 }, [0, 55, 255], 1, [256, 201, 1]],
    ['an offset for each channel', { scale: 1, offset: [1, 2] }, [10, 10, 20, 20], 2, [11, 12, 21, 22]],
    ['blue first', { scale: 1, order: 'bgr' }, [1, 2, 3, 4, 5, 6], 3, [3, 2, 1, 6, 5, 4]],
    [
      'lists in the order of the network, blue first',
      { scale: 1, order: 'bgr', mean: [100, 10, 1], std: [1, 2, 4] },
      [9, 12, 200],
      3,
      [100, 1, 2],
    ],
    [
      "'torch' written out",
      { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      [255, 0, 51],
      3,
      [2.24891, -2.03571, -0.91556],
    ],
    [
      "'caffe' written out",
      { scale: 1, order: 'bgr', mean: [103.939, 116.779, 123.68] },
      [0, 128, 255],
      3,
      [151.061, 11.221, -123.68],
    ],
  ])('%s', (_, preprocess, bytes, channels, values) => {
    expect(firstDifference(apply(bytes, channels, preprocess), values, 1e-5)).toBeUndefined();
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'does what it says step by step, seed %i',
    (seed) => {
      const random = createRandom(seed + 1);
      const channels = 1 + Math.floor(4 * random());
      const list = (from: number) => {
        const numbers = Array.from({ length: channels }, () => from + random());
        return random() < 0.5 ? numbers : numbers[0]!;
      };
      const of = (numbers: number | number[], channel: number) =>
        [numbers].flat()[channel] ?? Number(numbers);
      const [scale, offset, mean, std] = [0.01 + random(), list(-0.5), list(-0.5), list(0.1)];
      const [invert, isBgr] = [random() < 0.5, channels === 3 && random() < 0.5];
      const bytes = Array.from({ length: 5 * channels }, () => Math.floor(256 * random()));
      const values: number[] = [];
      for (let pixel = 0; pixel < 5; pixel++) {
        const own = bytes.slice(pixel * channels, (pixel + 1) * channels);
        if (isBgr) own.reverse();
        for (const [channel, byte] of own.entries()) {
          const scaled = (invert ? 255 - byte : byte) * scale + of(offset, channel);
          values.push((scaled - of(mean, channel)) / of(std, channel));
        }
      }
      const order = isBgr ? 'bgr' : 'rgb';
      const result = apply(bytes, channels, { scale, offset, mean, std, order, invert });
      expect(firstDifference(result, values, 1e-3)).toBeUndefined();
    },
  );

  it('leaves every byte as it is, and its images alone', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    expect(apply(bytes, 1, 'none')).toEqual(bytes);
    const images = { batch: 1, height: 1, width: 1, channels: 1, data: Float32Array.of(51), white: 255 };
    expect(preprocessImages(images, 'tf').data).not.toBe(images.data);
    expect([...images.data]).toEqual([51]);
  });

  const none =
    "preprocess: expected 'unit', 'tf', 'torch', 'caffe', 'none' or { scale, offset, mean, std, order, invert }, got ";
  it.each<[unknown, number, string]>([
    ['keras', 3, `${none}"keras"`],
    ['toString', 3, `${none}"toString"`],
    ['', 3, `${none}""`],
    [null, 3, `${none}null`],
    [1, 3, `${none}1`],
    [[0, 1], 3, `${none}[0, 1]`],
    [{ scale: 1, means: 2 }, 3, 'preprocess.means: unknown option; did you mean preprocess.mean?'],
    [{ scale: 0 }, 3, 'preprocess: expected scale to be a number other than 0, got 0'],
    [{ scale: Number.NaN }, 3, 'preprocess: expected scale to be a number other than 0, got NaN'],
    [{ scale: [1, 2, 3] }, 3, 'preprocess: expected scale to be a number other than 0, got [1, 2, 3]'],
    [{ mean: [1, 2] }, 3, 'preprocess: expected mean to be one number for each channel, 3, got 2'],
    [{ std: [1, 2, 3] }, 1, 'preprocess: expected std to be one number for each channel, 1, got 3'],
    [{ offset: [] }, 3, 'preprocess: expected offset to be one number for each channel, 3, got 0'],
    [
      { mean: [1, Number.NaN, 3] },
      3,
      'preprocess: expected mean to be a finite number or a list of them, got [1, NaN, 3]',
    ],
    [{ mean: null }, 3, 'preprocess: expected mean to be a finite number or a list of them, got null'],
    [{ offset: '1' }, 3, 'preprocess: expected offset to be a finite number or a list of them, got "1"'],
    [{ std: 0 }, 3, 'preprocess: expected std to be above 0, got 0'],
    [{ std: [1, 0, 1] }, 3, 'preprocess: expected std to be above 0, got [1, 0, 1]'],
    [{ std: -1 }, 3, 'preprocess: expected std to be above 0, got -1'],
    [{ order: 'gbr' }, 3, "preprocess: expected order to be 'rgb' or 'bgr', got \"gbr\""],
    [
      { order: 'bgr' },
      1,
      "preprocess: expected a network that takes 3 channels for 'bgr', got one that takes 1",
    ],
    ['torch', 1, "preprocess: expected a network that takes 3 channels for 'torch', got one that takes 1"],
    ['caffe', 4, "preprocess: expected a network that takes 3 channels for 'caffe', got one that takes 4"],
    [{ invert: 1 }, 3, 'preprocess: expected invert to be true or false, got 1'],
  ])('refuses %j for %i channels', (preprocess, channels, message) => {
    expect(() => apply(Array(channels).fill(1), channels, preprocess)).toThrow(message);
  });
});
