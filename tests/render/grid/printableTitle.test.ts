import { describe, expect, it } from 'vitest';
import { printableTitle } from '../../../src/render/grid/printableTitle';

describe('printableTitle', () => {
  it.each([
    ['Layer: conv1', 'Layer: conv1'],
    ['one\ntwo', 'one two'],
    ['one \r\n\t two', 'one two'],
    ['one\u2028two\u2029three', 'one two three'],
    ['a\u001b[31mb', 'a\u{FFFD}[31mb'],
    ['a\u200bb', 'a\u{FFFD}b'],
    ['a\ud800b', 'a\u{FFFD}b'],
    ['x'.repeat(1e6), `${'x'.repeat(500)}…`],
  ])('writes %j', (title, line) => {
    expect(printableTitle(title)).toBe(line);
  });
});
