import { describe, expect, it } from 'vitest';
import { listNearest } from '../../src/common/listNearest';

const letters = [...'abcdefghijklmn'];
const blocks = Array.from({ length: 40 }, (_, index) => `conv${index + 2}_block`);

describe('listNearest', () => {
  it.each<[string[], unknown, string]>([
    [[], 'a', 'none'],
    [['one'], undefined, '"one"'],
    // Few enough: in their order, whatever was asked for.
    [letters.slice(0, 10), 'j', '"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"'],
    [letters, undefined, '"a", "b", "c", "d", "e", "f", "g", "h", "i", "j" and 4 more'],
    [letters, 7, '"a", "b", "c", "d", "e", "f", "g", "h", "i", "j" and 4 more'],
    [letters, 'm', '"m", "a", "b", "c", "d", "e", "f", "g", "h", "i" and 4 more'],
  ])('%j, asked for %j: %s', (names, asked, expected) => {
    expect(listNearest(names, asked)).toBe(expected);
  });

  it.each([
    ['another case', 'CONV1', 'Conv1'],
    ['a letter too few', 'cnv1', 'Conv1'],
    ['a letter too many', 'Connv1', 'Conv1'],
    ['another letter', 'Donv1', 'Conv1'],
    ['the end of a path', 'stem', 'backbone/stem'],
    ['much more than a name', `stem${'?'.repeat(100_000)}`, 'backbone/stem'],
  ])('has what was meant at the front: %s', (_, asked, meant) => {
    const names = [...blocks, 'Conv1', 'backbone/stem'];
    expect(listNearest(names, asked).startsWith(`${JSON.stringify(meant)}, `)).toBe(true);
  });

  it('writes names as it is told', () => {
    expect(listNearest(letters, 'n', (name, index) => `${name}${index}`)).toBe(
      'n13, a0, b1, c2, d3, e4, f5, g6, h7, i8 and 4 more',
    );
  });
});
