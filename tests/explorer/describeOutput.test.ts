import { describe, expect, it } from 'vitest';
import { areProbabilities, chooseBars } from '../../src/explorer/describeOutput';

describe('chooseBars', () => {
  it('keeps up to ten in their order', () => {
    expect(chooseBars(Float32Array.of(0.5, 0.25, 0.25))).toEqual([
      { index: 0, value: 0.5 },
      { index: 1, value: 0.25 },
      { index: 2, value: 0.25 },
    ]);
  });

  it('takes the ten largest of more, equal ones by number', () => {
    const output = Float32Array.from({ length: 12 }, (_, index) => (index === 11 ? 5 : index % 3));
    expect(chooseBars(output).map(({ index }) => index)).toEqual([11, 2, 5, 8, 1, 4, 7, 10, 0, 3]);
  });
});

describe('areProbabilities', () => {
  it.each([
    [[0.25, 0.75], true],
    [[1, 0, 0], true],
    [[0.2, 0.2], false],
    [[1.5, -0.5], false],
    [[Number.NaN, 1], false],
  ])('%j: %s', (output, expected) => {
    expect(areProbabilities(Float32Array.from(output))).toBe(expected);
  });
});
