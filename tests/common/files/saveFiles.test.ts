import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveFiles } from '../../../src/common/files/saveFiles';

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  return { ...original, mkdir: vi.fn(original.mkdir), rename: vi.fn(original.rename) };
});

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...names: string[]) => join(folder, ...names);

describe('saveFiles', () => {
  it('writes all files, into folders that are missing', async () => {
    await saveFiles(
      new Map<string, Uint8Array | string>([
        [at('a'), Uint8Array.of(1, 2)],
        [at('new', 'folder', 'b'), 'é'],
        [at('new', 'c'), ''],
      ]),
    );
    expect([...(await readFile(at('a')))]).toEqual([1, 2]);
    expect(await readFile(at('new', 'folder', 'b'), 'utf8')).toBe('é');
    expect(await readdir(at('new'))).toEqual(['c', 'folder']);
  });

  it('makes a folder whose parent somebody else has made meanwhile', async () => {
    vi.mocked(mkdir).mockImplementationOnce(async () => {
      await mkdir(at('new'));
      throw Object.assign(new Error('no such folder'), { code: 'ENOENT', syscall: 'mkdir' });
    });
    await saveFiles([[at('new', 'folder', 'a'), 'new']]);
    expect(await readFile(at('new', 'folder', 'a'), 'utf8')).toBe('new');
  });

  it('takes no files', async () => {
    await saveFiles([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes the last content where a path comes twice', async () => {
    await saveFiles([
      [at('a'), 'first'],
      [at('a'), 'second'],
    ]);
    expect(await readFile(at('a'), 'utf8')).toBe('second');
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('writes none where a folder is in the place of one, and names it', async () => {
    await mkdir(at('b'));
    await writeFile(at('c'), 'old');
    const saving = saveFiles(['a', 'b', 'c'].map((name) => [at(name), 'new'] as const));
    await expect(saving).rejects.toThrow(
      `path: expected a file that can be written, got "${at('b')}" (EISDIR)`,
    );
    await expect(saving).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(folder)).toEqual(['b', 'c']);
    expect(await readFile(at('c'), 'utf8')).toBe('old');
  });

  it('writes none where a content is neither bytes nor text', async () => {
    await expect(
      saveFiles([
        [at('a'), 'new'],
        [at('b'), 3 as never],
      ]),
    ).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes none where the files end in an error', async () => {
    function* draw(): Generator<[string, string]> {
      yield [at('a'), 'new'];
      throw new Error('cannot be drawn');
    }
    await expect(saveFiles(draw())).rejects.toThrow('cannot be drawn');
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what is in place already where renaming fails, but not what has been replaced', async () => {
    await writeFile(at('b'), 'old');
    await writeFile(at('c'), 'old');
    const original = vi.mocked(rename).getMockImplementation()!;
    vi.mocked(rename)
      .mockImplementationOnce(original)
      .mockImplementationOnce(original)
      .mockRejectedValueOnce(Object.assign(new Error('in use'), { code: 'EPERM', syscall: 'rename' }));
    await expect(saveFiles(['a', 'b', 'c'].map((name) => [at(name), 'new'] as const))).rejects.toThrow(
      `path: expected a file that can be written, got "${at('c')}" (EPERM)`,
    );
    expect(await readdir(folder)).toEqual(['b', 'c']);
    expect(await readFile(at('b'), 'utf8')).toBe('new');
    expect(await readFile(at('c'), 'utf8')).toBe('old');
  });

  it.each<[unknown, string]>([
    [['ab'], 'files: expected pairs [path, data], got one that is "ab"'],
    ['ab', 'files: expected pairs [path, data], got one that is "a"'],
    [[['a']], 'files: expected pairs [path, data], got one that is [a]'],
    [[['a', 'new', 'b']], 'files: expected pairs [path, data], got one that is [a, new, b]'],
    [new Array(1), 'files: expected pairs [path, data], got one that is undefined'],
    [3, 'files: expected pairs of a path and its content, got 3'],
    [{ a: 'new' }, 'files: expected pairs of a path and its content, got an object'],
  ])('refuses %j, and writes nothing', async (files, message) => {
    vi.mocked(mkdir).mockClear();
    await expect(saveFiles(files as never)).rejects.toThrow(new TypeError(message));
    expect(mkdir).not.toHaveBeenCalled();
  });

  it.each([undefined, null, '', 3])('refuses %j as a path', async (path) => {
    await expect(saveFiles([[path as never, 'new']])).rejects.toThrow(
      new TypeError(`path: expected the path of a file, got ${JSON.stringify(path)}`),
    );
  });

  it('clears what a killed process has left in the same folder, an hour later', async () => {
    const left = `.layerscope-${crypto.randomUUID()}`;
    const recent = `.layerscope-${crypto.randomUUID()}`;
    const others = ['.layerscope-notes', '.layerscope', `layerscope-${crypto.randomUUID()}`];
    const old = new Date(Date.now() - 61 * 60 * 1000);
    await mkdir(at('inner'));
    const dated = [left, ...others, join('inner', left)];
    for (const name of [...dated, recent]) await writeFile(at(name), 'x');
    for (const name of dated) await utimes(at(name), old, old);
    await saveFiles([[at('a'), 'new']]);
    expect((await readdir(folder)).sort()).toEqual(['a', 'inner', recent, ...others].sort());
    expect(await readdir(at('inner'))).toEqual([left]);
  });

  it('leaves a folder of such a name', async () => {
    const name = `.layerscope-${crypto.randomUUID()}`;
    await mkdir(at(name));
    await utimes(at(name), new Date(0), new Date(0));
    await saveFiles([[at('a'), 'new']]);
    expect(await readdir(folder)).toEqual([name, 'a']);
  });

  it('takes file: URLs, and no other addresses', async () => {
    await saveFiles([[pathToFileURL(at('a b')).href, 'new']]);
    expect(await readFile(at('a b'), 'utf8')).toBe('new');
    await expect(saveFiles([['https://example.org/a', 'new']])).rejects.toThrow(
      'path: expected a path or a file: URL, got "https://example.org/a", which is another address',
    );
  });
});
