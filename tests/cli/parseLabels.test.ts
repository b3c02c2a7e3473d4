import { describe, expect, it } from 'vitest';
import { parseLabels } from '../../src/cli/parseLabels';

describe('parseLabels', () => {
  it('reads a name a line', () => {
    expect(parseLabels('\uFEFFcat\r\n dog \nguinea pig\n\n')).toEqual(['cat', 'dog', 'guinea pig']);
  });

  it('keeps an empty line between two names, which has a number', () => {
    expect(parseLabels('cat\n\ndog')).toEqual(['cat', '', 'dog']);
  });

  it('reads a list, and an object by numbers, of JSON', () => {
    expect(parseLabels('["cat", "dog"]')).toEqual(['cat', 'dog']);
    expect(parseLabels('{"1": "dog", "0": "cat", "3": "owl"}')).toEqual(['cat', 'dog', '', 'owl']);
  });

  it("reads Keras' list of ImageNet's classes", () => {
    expect(parseLabels('{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}')).toEqual([
      'tench',
      'goldfish',
    ]);
  });

  it.each([
    ['', 'no names'],
    ['[]', 'no names'],
    ['{"a": "cat"}', 'a key that is no number of a class: a'],
    ['{"0": 5}', 'no name for the class 0'],
    ['["cat"', 'a text that is no JSON'],
    ['{"99999999999": "cat"}', 'a key that is no number of a class'],
  ])('refuses %j', (text, reason) => {
    expect(() => parseLabels(text)).toThrow(reason);
  });
});
