import { describe, expect, it } from 'vitest';
import { areProbabilities } from '../../src/activations/topClasses';
import { chooseBars, describeOutput } from '../../src/explorer/describeOutput';

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

describe('describeOutput', () => {
  const named = (values: number[], names?: string[]) => {
    const { probable, count, bars } = describeOutput(Float32Array.from(values), names);
    return { probable, count, bars: bars.map(({ name, share, text }) => [name, share, text]) };
  };

  it('gives each output its name, or its number', () => {
    expect(named([0.25, 0.75], ['cat'])).toEqual({
      probable: true,
      count: 2,
      bars: [
        ['cat', 0.25, '25.0 %'],
        ['1', 0.75, '75.0 %'],
      ],
    });
  });

  it('shows both classes of one output: it says how likely the second one is', () => {
    const cats = ['cat', 'dog'];
    expect(named([0.25], cats)).toEqual({
      probable: true,
      count: 2,
      bars: [
        ['cat', 0.75, '75.0 %'],
        ['dog', 0.25, '25.0 %'],
      ],
    });
    expect(named([1], cats).bars.map(([, share]) => share)).toEqual([0, 1]);
  });

  it('gives neither name to one output that is no share', () => {
    expect(named([-2.5], ['cat', 'dog'])).toEqual({ probable: false, count: 1, bars: [['0', 0, '-2.5']] });
    expect(named([0.5], ['cat']).bars).toEqual([['cat', 1, '0.5']]);
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
