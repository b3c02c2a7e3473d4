import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OPERATORS } from '../../../src/formats/onnx/operators';

it('are listed in the docs', () => {
  const page = readFileSync(new URL('../../../docs/onnx.md', import.meta.url), 'utf8');
  const listed = [...page.split('\n- ')[0]!.matchAll(/^(`\w+` ?)+$/gm)].flatMap(([line]) => [
    ...line.matchAll(/`(\w+)`/g),
  ]);
  expect(listed.map(([, name]) => name).sort()).toEqual(['Constant', ...Object.keys(OPERATORS)].sort());
});
