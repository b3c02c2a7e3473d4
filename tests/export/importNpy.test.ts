import { describe, expect, it } from 'vitest';
import { importNpy } from '../../src/export';

/** A file of the format's version 1 with this header and these values. */
function write(header: string, values: ArrayBufferView = new Uint8Array(0), version = [1, 0]): Uint8Array {
  const text = Buffer.from(header, version[0] === 3 ? 'utf8' : 'latin1');
  const length =
    version[0] === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), ...version, ...length, ...text, ...bytes]);
}
const dict = (descr: string, shape: string) =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
const six = Float32Array.of(1, 2, 3, 4, 5, 6);

describe('importNpy', () => {
  it.each<[string, string, number[]]>([
    ['as numpy writes it', dict('<f4', '(2, 3)'), [2, 3]],
    ['without a comma at the end', "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}", [2, 3]],
    ['in another order', "{'shape': (2, 3,), 'fortran_order': False, 'descr': '<f4'}", [2, 3]],
    ['with other quotes', '{"descr": "<f4", "fortran_order": False, "shape": (6,)}', [6]],
    ['without blanks', "{'descr':'<f4','fortran_order':False,'shape':(1,2,3)}", [1, 2, 3]],
    ['of Python 2', "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }", [2, 3]],
  ])('reads a header %s', (_, header, shape) => {
    expect(importNpy(write(header, six))).toMatchObject({ shape, data: six });
    expect(importNpy(write(header, six, [2, 0])).shape).toEqual(shape);
    expect(importNpy(write(header, six, [3, 0])).shape).toEqual(shape);
  });

  it.each([
    dict('<f4', '(2 3)'),
    dict('<f4', '(6)'),
    dict('<f4', '(2,,3)'),
    dict('<f4', '(,)'),
    dict('<f4', '(-1,)'),
    dict('<f4', '(06,)'),
    dict('<f4', '(1_0,)'),
    dict('<f4', '(6.0,)'),
    dict('<f4', '[6]'),
    dict('<f4', '6'),
    dict('<f4', `(${'9'.repeat(30)},)`),
    dict('<f4', `(${'1, '.repeat(65)})`),
    "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'more': 'x'}",
    "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (6,)}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (6,)}",
    "{'descr': '<f4', 'fortran_order': Falsely, 'shape': (6,)}",
    "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (6,)}",
    "{'descr': '<f4' 'fortran_order': False, 'shape': (6,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (6,)} or 1",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (6,)",
    "'descr': '<f4', 'fortran_order': False, 'shape': (6,)}",
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (6,),,}",
    "{,'descr': '<f4', 'fortran_order': False, 'shape': (6,)}",
  ])('refuses the header %s', (header) => {
    expect(() => importNpy(write(header, six))).toThrow(
      'file: expected a header with one type, an order and a shape',
    );
  });

  it('refuses headers and shapes that no array has', () => {
    expect(() => importNpy(write(dict('<f4', '(6,)').padEnd(10_001), six))).toThrow(
      'file: expected a header of at most 10000 characters, got 10001',
    );
    expect(() => importNpy(write(dict('<f4', '(6,)'), six, [1, 7]))).toThrow(
      'version 1, 2 or 3 of the format, got 1.7',
    );
    expect(() => importNpy(write(dict('<f4', '(5,)'), six))).toThrow(
      'file: expected 20 bytes for the shape [5] of <f4, got 24',
    );
    expect(() => importNpy(write(dict('<f4', '(4294967296, 4294967296)'), six))).toThrow(
      '[4294967296, 4294967296] of <f4, got 24',
    );
    expect(importNpy(write(dict('<f4', '(0, 9007199254740991, 9007199254740991)'))).data).toHaveLength(0);
  });

  it('reads integers of 64 bits only where they are exact', () => {
    const read = (descr: string, values: BigInt64Array | BigUint64Array) => [
      ...importNpy(write(dict(descr, `(${values.length},)`), values)).data,
    ];
    expect(read('<i8', BigInt64Array.of(-(2n ** 63n), 2n ** 53n, -5n))).toEqual([-(2 ** 63), 2 ** 53, -5]);
    expect(read('<u8', BigUint64Array.of(2n ** 63n, 2n ** 64n - 2n ** 40n))).toEqual([
      2 ** 63,
      2 ** 64 - 2 ** 40,
    ]);
    for (const value of [2n ** 53n + 1n, 2n ** 53n + 2n ** 20n + 1n, 2n ** 24n + 1n, -(2n ** 63n) + 1n]) {
      expect(() => read('<i8', BigInt64Array.of(0n, value))).toThrow(
        `file: expected numbers that are exact in 32 bits, got ${value}; use .astype(numpy.float32) to round them`,
      );
    }
    expect(() => read('<u8', BigUint64Array.of(2n ** 64n - 1n))).toThrow('got 18446744073709551615;');
  });

  it('reads either order of bytes, and none that is not said', () => {
    const values = Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0);
    expect([...importNpy(write(dict('>f4', '(2,)'), values)).data]).toEqual([1, -2.5]);
    expect([...importNpy(write(dict('>i2', '(1,)'), Uint8Array.of(1, 2))).data]).toEqual([258]);
    expect([...importNpy(write(dict('|i1', '(1,)'), Uint8Array.of(255))).data]).toEqual([-1]);
    for (const descr of ['=f4', '|f4', 'f4', '<f2', '<constructor', '', '<f44']) {
      expect(() => importNpy(write(dict(descr, '(2,)'), values))).toThrow(
        'file: expected numbers, got the type',
      );
    }
    expect(() => importNpy(write(dict('|b1', '(2,)'), Uint8Array.of(1, 2)))).toThrow(
      'file: expected 0 or 1 for the type |b1, got 2',
    );
  });
});
