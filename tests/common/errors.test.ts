import { describe, expect, it } from 'vitest';
import {
  describeValue,
  formatShape,
  requireCallback,
  requireSignal,
  requireWholeNumber,
} from '../../src/common/errors';

describe('describeValue', () => {
  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [-3.5, '-3.5'],
    ['conv', '"conv"'],
    ['x'.repeat(100), `"${'x'.repeat(25)}…${'x'.repeat(24)}"`],
    [[28, 28, 1], '[28, 28, 1]'],
    [new Array(9).fill(0), 'an array'],
    [[1, undefined, 2], '[1, ?, 2]'],
    [['x'.repeat(1e6)], 'an array'],
    [{ ['x'.repeat(1e6)]: () => 0 }['x'.repeat(1e6)], `the function ${'x'.repeat(25)}…${'x'.repeat(24)}`],
    [{ a: 1 }, 'an object'],
    [Object.create(null), 'an object'],
    [new Map(), 'a Map'],
    [function named() {}, 'the function named'],
    [() => 1, 'a function'],
    [Symbol('s'), 'a symbol'],
    [10n, 'a bigint'],
  ])('says what %s is', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });
});

describe('formatShape', () => {
  it('writes open dimensions as a question mark', () => {
    expect(formatShape([null, 28, undefined, 1])).toBe('[?, 28, ?, 1]');
  });
});

describe('requireCallback', () => {
  it.each([undefined, () => 1])('takes %s', (value) => {
    expect(() => requireCallback('onProgress', value)).not.toThrow();
  });

  it.each([null, 1, {}])('refuses %j', (value) => {
    const message = `onProgress: expected a function, got ${describeValue(value)}`;
    expect(() => requireCallback('onProgress', value)).toThrow(new TypeError(message));
  });
});

describe('requireSignal', () => {
  it.each([undefined, new AbortController().signal, AbortSignal.abort()])('takes %s', (value) => {
    expect(() => requireSignal(value)).not.toThrow();
  });

  it.each([null, false, 'stop', {}, { aborted: false }, new AbortController()])('refuses %o', (value) => {
    const message = `signal: expected an AbortSignal, got ${describeValue(value)}`;
    expect(() => requireSignal(value)).toThrow(new TypeError(message));
  });
});

describe('requireWholeNumber', () => {
  it('returns what it accepts', () => {
    expect(requireWholeNumber('columns', 8, 1)).toBe(8);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '8', null])('refuses %s', (value) => {
    expect(() => requireWholeNumber('columns', value, 1)).toThrow(RangeError);
    expect(() => requireWholeNumber('columns', value, 1)).toThrow(
      `columns: expected a whole number of at least 1, got ${describeValue(value)}`,
    );
  });
});
