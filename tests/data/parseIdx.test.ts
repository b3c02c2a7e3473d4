import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/data/parseIdx';

/** Two rows of three bytes. */
const MATRIX = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 253, 254, 255];

function withType(code: number): number[] {
  return MATRIX.map((byte, at) => (at === 2 ? code : byte));
}

describe('parseIdx', () => {
  it.each([
    ['unsigned bytes', 8, [0, 128, 255], Uint8Array.of(0, 128, 255)],
    ['signed bytes', 9, [0, 128, 255], Int8Array.of(0, -128, -1)],
    ['16-bit numbers', 11, [1, 2, 0x80, 0, 0xff, 0xff], Int16Array.of(258, -32768, -1)],
    [
      '32-bit numbers',
      12,
      [1, 2, 3, 4, 0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xfe],
      Int32Array.of(16909060, -2147483648, -2),
    ],
    [
      'floats',
      13,
      [0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0, 0x7f, 0x80, 0, 0],
      Float32Array.of(1, -2.5, Number.POSITIVE_INFINITY),
    ],
    [
      'doubles',
      14,
      [
        0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 4, 0, 0, 0, 0, 0, 0, 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99,
        0x9a,
      ],
      Float64Array.of(1, -2.5, 0.1),
    ],
  ])('reads %s', (_, code, values, expected) => {
    expect(parseIdx(Uint8Array.of(0, 0, code, 1, 0, 0, 0, 3, ...values))).toEqual({
      shape: [3],
      data: expected,
    });
  });

  it('reads rows and columns', () => {
    const { shape, data } = parseIdx(Uint8Array.from(MATRIX));
    expect(shape).toEqual([2, 3]);
    expect([...data]).toEqual([1, 2, 3, 253, 254, 255]);
  });

  it('reads any number of dimensions', () => {
    const dimensions = Array.from({ length: 255 }, (_, at) => [0, 0, 0, at === 7 ? 2 : 1]).flat();
    const { shape, data } = parseIdx(Uint8Array.of(0, 0, 8, 255, ...dimensions, 5, 6));
    expect(shape.length).toBe(255);
    expect(shape[7]).toBe(2);
    expect([...data]).toEqual([5, 6]);
  });

  it.each([
    ['no images', [0, 0, 0, 0, 0, 0, 0, 28], [0, 28]],
    ['no rows, but many of everything else', [255, 255, 255, 255, 0, 0, 0, 0], [4294967295, 0]],
  ])('reads %s', (_, dimensions, expected) => {
    const { shape, data } = parseIdx(Uint8Array.of(0, 0, 13, 2, ...dimensions));
    expect(shape).toEqual(expected);
    expect(data).toEqual(new Float32Array(0));
  });

  it.each([
    ['an array', (bytes: number[]) => Uint8Array.from(bytes)],
    ['a Buffer', (bytes: number[]) => Buffer.from(bytes)],
    ['a part of other memory', (bytes: number[]) => Uint8Array.of(9, ...bytes, 9).subarray(1, -1)],
  ])('shares no memory with %s', (_, make) => {
    for (const code of [8, 9]) {
      const bytes = make(withType(code));
      const { data } = parseIdx(bytes);
      expect(data.buffer).not.toBe(bytes.buffer);
      expect(data.byteLength).toBe(data.buffer.byteLength);
      bytes.fill(7);
      expect([...data.subarray(0, 3)]).toEqual([1, 2, 3]);
    }
  });

  it.each<[string, number[], string]>([
    ['nothing', [], 'bytes: expected an IDX file, whose header has 4 bytes, got 0, truncated'],
    ['three bytes', [0, 0, 8], 'bytes: expected an IDX file, whose header has 4 bytes, got 3, truncated'],
    [
      'text',
      [...Buffer.from('<!doctype html>')],
      'bytes: expected an IDX file, which begins with 00 00, got 3c 21 64 6f',
    ],
    [
      'a gzip file',
      [0x1f, 0x8b, 8, 0, 0],
      'bytes: expected an IDX file, which begins with 00 00, got 1f 8b 08 00, a gzip file, which must be unpacked',
    ],
    [
      'a type that is not known',
      [0, 0, 10, 1, 0, 0, 0, 0],
      'bytes: expected a type code of IDX (08, 09, 0b, 0c, 0d or 0e), got 0a',
    ],
    ['no dimension', [0, 0, 8, 0, 1], 'bytes: expected at least one dimension, got 0'],
    [
      'half a header',
      [0, 0, 8, 3, 0, 0, 0, 1, 0, 0],
      'bytes: expected 16 bytes of header for 3 dimensions, got 10, truncated',
    ],
    [
      'a file that has been cut off',
      MATRIX.slice(0, -1),
      'bytes: expected 18 bytes for the shape [2, 3], got 17, truncated',
    ],
    [
      'a file with something after it',
      [...MATRIX, 0, 0],
      'bytes: expected 18 bytes for the shape [2, 3], got 20, oversized by 2',
    ],
    [
      'as many bytes as there should be numbers',
      withType(14),
      'bytes: expected 60 bytes for the shape [2, 3], got 18, truncated',
    ],
    [
      'dimensions for more than the memory',
      [0, 0, 8, 1, 255, 255, 255, 255, 1],
      'bytes: expected 4294967303 bytes for the shape [4294967295], got 9, truncated',
    ],
    [
      'absurd dimensions',
      [0, 0, 14, 2, 255, 255, 255, 255, 255, 255, 255, 255],
      'bytes: expected dimensions that a file can hold, got [4294967295, 4294967295]',
    ],
    [
      'a great many absurd dimensions',
      [0, 0, 8, 255, ...new Array(255 * 4).fill(255)],
      `bytes: expected dimensions that a file can hold, got [${'4294967295, '.repeat(8)}…]`,
    ],
  ])('refuses %s', (_, bytes, message) => {
    const parse = () => parseIdx(Uint8Array.from(bytes));
    expect(parse).toThrow(RangeError);
    expect(parse).toThrow(new RangeError(message));
  });

  it.each([undefined, null, 'idx', [0, 0, 8], new ArrayBuffer(8), Int8Array.of(0, 0, 8, 1)])(
    'refuses %s as bytes',
    (bytes) => {
      expect(() => parseIdx(bytes as never)).toThrow(TypeError);
      expect(() => parseIdx(bytes as never)).toThrow('bytes: expected a Uint8Array, got ');
    },
  );
});
