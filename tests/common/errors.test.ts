import { describe, expect, it } from 'vitest';
import {
  describeValue,
  formatShape,
  requireBoolean,
  requireOptions,
  requireString,
  requireWholeNumber,
} from '../../src/common/errors';

describe('describeValue', () => {
  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [-3.5, '-3.5'],
    ['conv', '"conv"'],
    ['x'.repeat(100), `"${'x'.repeat(30)}…${'x'.repeat(29)}"`],
    [[28, 28, 1], '[28, 28, 1]'],
    [new Array(9).fill(0), 'an array'],
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

describe('requireOptions', () => {
  it('accepts an object', () => {
    expect(() => requireOptions({ columns: 8 })).not.toThrow();
  });

  it.each([null, undefined, 'conv', 7, [1]])('refuses %j', (value) => {
    expect(() => requireOptions(value)).toThrow(`options: expected an object, got ${describeValue(value)}`);
  });
});

describe('requireBoolean and requireString', () => {
  it('accept what they name and refuse what it is not', () => {
    expect(() => requireBoolean('title', false)).not.toThrow();
    expect(() => requireBoolean('title', 1)).toThrow('title: expected true or false, got 1');
    expect(() => requireString('fontFamily', '')).not.toThrow();
    expect(() => requireString('fontFamily', null)).toThrow('fontFamily: expected a string, got null');
  });
});
