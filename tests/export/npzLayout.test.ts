import { describe, expect, it } from 'vitest';
import { nameEntries } from '../../src/export/npzLayout';

describe('nameEntries', () => {
  it.each<[string[], string[], string[]]>([
    [['foo/indices'], ['foo'], ['foo/indices', 'foo (2)']],
    [['foo/Missing'], ['FOO'], ['foo/Missing', 'FOO (2)']],
    [['foo/bar'], ['foo'], ['foo/bar', 'foo']],
    [['a', 'A', 'a'], [], ['a', 'A (2)', 'a (3)']],
    [['a (2)', 'a', 'a'], [], ['a (2)', 'a', 'a (3)']],
    // One letter, and a letter with an accent: one file where names are composed.
    [['\u00e4', 'a\u0308'], [], ['\u00e4', '\u00e4 (2)']],
    // numpy would read `a` as `a.npy`; and `a.npy` cannot be a file and a folder.
    [['a', 'a.npy', 'a.npy/b'], [], ['a', 'a_npy', 'a_npy/b']],
    [['layerscope', 'Layerscope'], [], ['layerscope (2)', 'Layerscope (3)']],
    [['CON', 'nul.x', 'com\u00b9', 'a/aux'], [], ['_CON', '_nul.x', '_com\u00b9', 'a/_aux']],
    [['a. ', '..', '/etc', '../x', ''], [], ['a_', '_', '_/etc', '_/x', '_ (2)']],
    [['__proto__', 'constructor'], ['__proto__'], ['__proto__', 'constructor', '__proto__ (2)']],
    [['x'.repeat(300)], [], ['x'.repeat(200)]],
    [['🙂'.repeat(300)], [], ['🙂'.repeat(50)]],
  ])('of %j and figures %j are %j', (activations, figures, names) => {
    expect(nameEntries(activations, figures)).toEqual(names);
  });

  it('of one name a great many times are found at once', () => {
    const names = nameEntries(new Array(20_000).fill('conv'), []);
    expect(new Set(names).size).toBe(20_000);
    expect(names.at(-1)).toBe('conv (20000)');
  });
});
