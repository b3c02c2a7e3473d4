import { describe, expect, it } from 'vitest';
import { toFilePath } from '../../../src/common/files/toFilePath';

describe('toFilePath', () => {
  it.each(['a.png', '/a/b.png', 'C:\\a.png', 'a:b', './http:/a', ''])(
    'leaves the path %j as it is',
    async (path) => {
      expect(await toFilePath('path', path)).toBe(path);
    },
  );

  it
    .runIf(process.platform !== 'win32')
    .each(['file:///a%20b/c.png', new URL('file:///a%20b/c.png'), 'FILE:///a b/c.png'])(
    'reads %s',
    async (url) => {
      expect(await toFilePath('path', url)).toBe('/a b/c.png');
    },
  );

  it.each(['https://example.org/', 's3://bucket/a', 'data:,a', 'blob:null/1', new URL('data:,a')])(
    'refuses %s',
    async (url) => {
      await expect(toFilePath('directory', url)).rejects.toThrow(
        new TypeError(
          `directory: expected a path or a file: URL, got "${url}", which is another address; fetch it and pass its bytes`,
        ),
      );
    },
  );

  it('refuses a file of another machine', async () => {
    await expect(toFilePath('path', 'file:///a%2Fb')).rejects.toThrow(
      'path: expected a path or a file: URL, got "file:///a%2Fb", which is of no file on this machine',
    );
  });
});
