import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpText } from '../../src/cli/helpText';
import { OPTION_ROWS } from '../../src/cli/options';

describe('helpText', () => {
  it('fits into 80 columns, and leaves nothing at the end of a line', () => {
    for (const line of helpText().split('\n')) {
      expect([...line].length, line).toBeLessThanOrEqual(80);
      expect(line).toBe(line.trimEnd());
    }
  });

  it('names every option, every letter, and what stands for values', () => {
    for (const { name, short, value } of OPTION_ROWS) {
      const letter = short === undefined ? '    ' : `-${short}, `;
      expect(helpText()).toMatch(new RegExp(`^  ${letter}--${name}${value ? ` ${value}` : ''}(  |$)`, 'm'));
    }
  });

  it('begins what each option does at the same place', () => {
    const [, block = ''] = helpText().split('The figure\n');
    const [options = ''] = block.split('\n\n');
    // An option too long for that stands in a line of its own.
    const lines = options.split('\n').filter((line) => !/^ +--\S+ \S+$/.test(line));
    expect(lines.map((line) => /^ *(-.*? {2,})?/.exec(line)![0].length)).toEqual(lines.map(() => 26));
  });

  it('is what the page about the command shows', () => {
    const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    expect(page).toContain(`\`\`\`text\n${helpText()}\n\`\`\``);
  });
});
