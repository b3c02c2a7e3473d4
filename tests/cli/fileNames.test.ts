import { describe, expect, it } from 'vitest';
import { fileNames } from '../../src/cli/fileNames';

describe('fileNames', () => {
  it.each([
    ['conv1', 'conv1'],
    ['backbone/conv1', 'backbone-conv1'],
    ['conv1:1', 'conv1-1'],
    ['lstm[1]', 'lstm-1'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'layer'],
    ['.hidden', 'hidden'],
    ['-rf', 'rf'],
    ['', 'layer'],
    ['/', 'layer'],
    ['C:\\Windows\\x', 'C-Windows-x'],
    ['a\u0000b\nc\u001b[31md', 'a-b-c-31md'],
    ['con', 'layer-con'],
    ['NUL.txt', 'layer-NUL.txt'],
    ['com1', 'layer-com1'],
    ['conv. ', 'conv'],
    ['a*?<>|"b', 'a-b'],
    ['<img src=x onerror=alert(1)>', 'img-src-x-onerror-alert-1'],
    ['a\u202egnp.exe', 'a-gnp.exe'],
    ['\u2066a\u2069\ufeff\u200b', 'a'],
    ['\ud800a', 'a'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['lpt¹.png', 'layer-lpt¹.png'],
    ['Faltung_ä', 'Faltung_ä'],
    ['卷积', '卷积'],
  ])('makes %j %j', (path, name) => {
    expect(fileNames([path])).toEqual([name]);
  });

  it('keeps a name short enough for every file system', () => {
    expect(fileNames(['a'.repeat(500)])).toEqual(['a'.repeat(120)]);
    expect(fileNames([`${'../'.repeat(300_000)}${'a'.repeat(2 ** 20)}`])).toEqual(['a'.repeat(120)]);
    // Three bytes each, and no half of one.
    expect(fileNames(['卷'.repeat(500)])).toEqual(['卷'.repeat(40)]);
    expect(fileNames(['😀a'.repeat(3)])).toEqual(['a-a-a']);
  });

  it('gives no two layers one name, whatever the case of the letters', () => {
    expect(fileNames(['a/b', 'a-b', 'A:B', 'a-b-2'])).toEqual(['a-b', 'a-b-2', 'A-B-3', 'a-b-2-2']);
    // Written with one character and with two.
    expect(fileNames(['\u00e4', 'a\u0308'])).toEqual(['\u00e4', '\u00e4-2']);
  });
});
