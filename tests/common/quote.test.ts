import { expect, it } from 'vitest';
import { quote } from '../../src/common/quote';

it.each<[string, number, string]>([
  ['conv', 60, '"conv"'],
  ['abcdefghij', 5, '"ab…ij"'],
  ['say "a"', 60, '"say \\"a\\""'],
  ['', 60, '""'],
])('quotes %j in %i letters', (text, most, quoted) => {
  expect(quote(text, most)).toBe(quoted);
});

it('counts escapes as they are written', () => {
  const quoted = quote('\0'.repeat(1000));
  expect(quoted.length).toBeLessThanOrEqual(62);
  expect(quoted).toContain('…');
});
