import { describe, expect, it } from 'vitest';
import { findLifetimes } from '../../../src/render/film/findLifetimes';

describe('findLifetimes', () => {
  it('puts together what comes and goes together', () => {
    const frames = ['aAx', 'aBx', 'aBy', 'bBy'].map((frame) => [...frame]);
    expect(findLifetimes(frames, (one, next) => one === next)).toEqual([
      { from: 0, to: 1, parts: ['A'] },
      { from: 0, to: 2, parts: ['x'] },
      { from: 0, to: 3, parts: ['a'] },
      { from: 1, to: 4, parts: ['B'] },
      { from: 2, to: 4, parts: ['y'] },
      { from: 3, to: 4, parts: ['b'] },
    ]);
    expect(
      findLifetimes(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        (one, next) => one === next,
      ),
    ).toEqual([
      { from: 0, to: 1, parts: ['a', 'b'] },
      { from: 1, to: 2, parts: ['c', 'd'] },
    ]);
  });
});
