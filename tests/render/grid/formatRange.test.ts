import { describe, expect, it } from 'vitest';
import { formatRange } from '../../../src/render/grid/formatRange';

describe('formatRange', () => {
  it.each([
    [[0, 1], 4, ['0', '1']],
    [[-0.123456, 1.23456], 4, ['-0.1235', '1.235']],
    [[-0.123456, 1.23456], 2, ['-0.12', '1.2']],
    [[2e-7, 3e10], 2, ['2e-7', '30000000000']],
  ])('writes %j with %i digits', (range, digits, texts) => {
    expect(formatRange(range as [number, number], digits)).toEqual(texts);
  });

  it('takes more digits where both ends would read the same', () => {
    expect(formatRange([100.01, 100.04], 2)).toEqual(['100.01', '100.04']);
    // Neighbours in single precision.
    expect(formatRange([1, Math.fround(1 + 2 ** -23)], 4)).toEqual(['1', '1.0000001']);
  });

  it('does not round digits before the point', () => {
    expect(formatRange([-1234, 12345], 2)).toEqual(['-1234', '12345']);
    expect(formatRange([999, 1e30], 2)).toEqual(['999', '1e+30']);
  });

  it('has one text for one value, and words for none', () => {
    expect(formatRange([7, 7], 4)).toEqual(['7']);
    expect(formatRange([Number.NaN, Number.NaN], 4)).toEqual(['no value']);
  });
});
