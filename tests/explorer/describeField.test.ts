import { describe, expect, it } from 'vitest';
import { describeField } from '../../src/explorer/describeField';
import { findRuns } from '../../src/explorer/findRuns';

describe('findRuns', () => {
  it('groups what follows each other', () => {
    expect(findRuns([3, 4, 5, 9, 11, 12])).toEqual([
      [3, 3],
      [9, 1],
      [11, 2],
    ]);
    expect(findRuns([])).toEqual([]);
  });
});

describe('describeField', () => {
  it.each([
    [[{ rows: [0, 1, 2], columns: [7] }], true, 'sees rows 0–2, columns 7 of the input'],
    [[{ rows: [1, 3, 5], columns: [2, 3] }], true, 'sees rows 1, 3, 5, columns 2–3 of the input'],
    [
      [{ rows: [0, 2, 4, 6, 8, 10], columns: [0] }],
      true,
      'sees rows 0 to 10 (6 of them), columns 0 of the input',
    ],
    [[{ rows: [0], columns: [0] }], false, 'sees at most rows 0, columns 0 of the input'],
    [
      [
        { rows: [1], columns: [0, 1, 2] },
        { rows: [0, 1, 2], columns: [1] },
      ],
      true,
      'sees rows 1, columns 0–2 and rows 0–2, columns 1 of the input',
    ],
    [[], true, 'sees nothing of the input: only padding'],
  ])('%j', (patches, exact, words) => {
    expect(describeField({ patches, exact })).toBe(words);
  });
});
