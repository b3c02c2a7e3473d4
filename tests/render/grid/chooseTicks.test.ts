import { describe, expect, it } from 'vitest';
import { chooseTicks } from '../../../src/render/grid/chooseTicks';

const texts = (...args: Parameters<typeof chooseTicks>) => chooseTicks(...args).map(({ text }) => text);

describe('chooseTicks', () => {
  it('chooses multiples of 1, 2 and 5, without the ends', () => {
    expect(texts([0, 1], undefined, 5)).toEqual(['0.2', '0.4', '0.6', '0.8']);
    expect(texts([0, 10], undefined, 10)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(texts([0, 10], undefined, 9)).toEqual(['2', '4', '6', '8']);
    expect(texts([0, 10], undefined, 4)).toEqual(['5']);
    expect(texts([100, 100.001], undefined, 2)).toEqual(['100.0005']);
  });

  it('has 0 where the range goes across it, and says where everything stands', () => {
    expect(chooseTicks([-1, 3], undefined, 4)).toEqual([
      { text: '0', at: 0.25 },
      { text: '1', at: 0.5 },
      { text: '2', at: 0.75 },
    ]);
  });

  it('chooses powers of ten on a logarithmic scale, fewer where there are many', () => {
    expect(chooseTicks([0.01, 100], 'log', 8)).toEqual([
      { text: '0.1', at: 0.25 },
      { text: '1', at: 0.5 },
      { text: '10', at: 0.75 },
    ]);
    expect(texts([1e-8, 1e8], 'log', 4)).toEqual(['0.00001', '1', '100000']);
    expect(texts([2, 9], 'log', 8)).toEqual([]);
  });

  it.each([
    [[5, 5], undefined],
    [[Number.NaN, Number.NaN], undefined],
    [[0, 1], 'log'],
    [[-1, 1], 'log'],
  ])('finds none in %j, %s', (domain, scale) => {
    expect(chooseTicks(domain as [number, number], scale as 'log', 5)).toEqual([]);
  });
});
