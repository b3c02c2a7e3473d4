import { describe, expect, it } from 'vitest';
import { findChange } from '../../../src/render/film/findChange';

const before = Uint32Array.of(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);

describe('findChange', () => {
  it.each<[string, number[], object | undefined]>([
    ['nothing', [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], undefined],
    ['the first', [9, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], { x: 0, y: 0, width: 1, height: 1 }],
    ['the last', [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 9], { x: 3, y: 2, width: 1, height: 1 }],
    ['two corners', [1, 1, 9, 1, 2, 2, 2, 2, 3, 9, 3, 3], { x: 1, y: 0, width: 2, height: 3 }],
    ['all', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], { x: 0, y: 0, width: 4, height: 3 }],
  ])('finds what has changed: %s', (_, after, part) => {
    expect(findChange(before, Uint32Array.from(after), 4)).toEqual(part);
  });
});
