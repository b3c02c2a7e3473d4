import { describe, expect, it } from 'vitest';
import { encodeImage } from '../../../src/render/png/encodeImage';
import { decodeRgba } from './decodeRgba';

describe('encodeImage', () => {
  it('writes the pixels of a picture exactly', () => {
    const data = Uint8ClampedArray.from({ length: 20 * 20 * 4 }, (_, at) => (at * 7) % 256);
    const decoded = decodeRgba(encodeImage({ width: 20, height: 20, data }));
    expect(decoded.size).toEqual([20, 20]);
    // What is wholly transparent has no colour.
    const expected = data.map((byte, at) => (data[at | 3] === 0 ? 0 : byte));
    expect([...decoded.rgba]).toEqual([...expected]);
    const image = { width: 1, height: 2, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) };
    expect([...decodeRgba(encodeImage(image)).rgba]).toEqual([...image.data]);
  });

  it.each([
    [null, 'image: expected { width, height, data }, got null'],
    [{ width: 1, height: 1, data: [0, 0, 0, 0] }, 'image: expected { width, height, data }'],
    [
      { width: 2, height: 1, data: new Uint8ClampedArray(4) },
      'image: expected 4 bytes for each of 2 × 1 pixels',
    ],
    [
      { width: 0, height: 1, data: new Uint8ClampedArray(0) },
      'image: expected 4 bytes for each of 0 × 1 pixels',
    ],
  ])('refuses %j', (image, message) => {
    expect(() => encodeImage(image as never)).toThrow(message);
  });
});
