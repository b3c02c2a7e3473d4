import fs, { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveFile } from '../../../src/common/files/saveFile';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('saveFile', () => {
  it.each<[string, Uint8Array | string, number[]]>([
    ['bytes', Uint8Array.of(0, 255, 10), [0, 255, 10]],
    ['a part of other memory', Uint8Array.of(9, 1, 2, 9).subarray(1, 3), [1, 2]],
    ['text as UTF-8', 'aé', [97, 0xc3, 0xa9]],
    ['nothing', '', []],
  ])('writes %s', async (_, data, bytes) => {
    const path = join(folder, 'file');
    await saveFile(path, data);
    expect([...(await readFile(path))]).toEqual(bytes);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('makes folders that are missing', async () => {
    await saveFile(join(folder, 'figures', 'conv1', 'maps.svg'), '<svg/>');
    expect(await readFile(join(folder, 'figures', 'conv1', 'maps.svg'), 'utf8')).toBe('<svg/>');
  });

  it('replaces a file, longer or shorter', async () => {
    const path = join(folder, 'file');
    for (const text of ['first', 'the second', '3']) {
      await saveFile(path, text);
      expect(await readFile(path, 'utf8')).toBe(text);
    }
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('takes a name as long as the file system does', async () => {
    const name = `${'x'.repeat(251)}.png`;
    await saveFile(join(folder, name), 'long');
    expect(await readdir(folder)).toEqual([name]);
  });

  it('shows readers one whole version or the other, whoever writes', async () => {
    const path = join(folder, 'file');
    const versions = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await saveFile(path, versions[0]!);
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 40 }, (_, index) => saveFile(path, versions[index % 2]!)),
    ).finally(() => {
      writing = false;
    });
    let reads = 0;
    while (writing) {
      const text = await readFile(path, 'utf8');
      expect(versions.includes(text), `a whole version, not ${text.length} characters`).toBe(true);
      reads++;
    }
    await writers;
    expect(reads).toBeGreaterThan(0);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('leaves the old file, and no other, where writing fails half-way', async () => {
    const path = join(folder, 'file');
    await saveFile(path, 'old');
    const original = fs.writeFile;
    fs.writeFile = (async (file: string, data: string, how: object) => {
      await original(file, data.slice(0, data.length / 2), how);
      expect((await readdir(folder)).length).toBe(2);
      throw new Error('the disk is full');
    }) as typeof original;
    syncBuiltinESMExports();
    try {
      await expect(saveFile(path, 'half of the new file')).rejects.toThrow('the disk is full');
    } finally {
      fs.writeFile = original;
      syncBuiltinESMExports();
    }
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it.each<[unknown, string]>([
    [3, '3'],
    [[], '[]'],
    [[1, 2], '[1, 2]'],
    [undefined, 'undefined'],
    [new ArrayBuffer(1), 'a ArrayBuffer'],
  ])('refuses %o as data, and leaves nothing', async (data, got) => {
    await expect(saveFile(join(folder, 'file'), data as never)).rejects.toThrow(
      new TypeError(`data: expected a Uint8Array or a string, got ${got}`),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a folder of that name, and no other file', async () => {
    const path = join(folder, 'file');
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'kept');
    await expect(saveFile(path, 'new')).rejects.toThrow(
      `path: expected a file that can be written, got "${path}" (EISDIR)`,
    );
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readFile(join(path, 'inside'), 'utf8')).toBe('kept');
  });

  it('fails where a file is in the place of a folder', async () => {
    await saveFile(join(folder, 'file'), 'old');
    for (const [path, code] of [
      [join(folder, 'file', 'inside'), 'EEXIST'],
      [join(folder, 'file', 'deep', 'inside'), 'ENOTDIR'],
    ] as const) {
      const saving = saveFile(path, 'new');
      await expect(saving).rejects.toThrow(
        `path: expected a file that can be written, got "${path}" (${code})`,
      );
      await expect(saving).rejects.toMatchObject({ code, cause: { syscall: 'mkdir' } });
    }
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old');
  });

  // The system says ENOENT of a folder there, although its parent is there.
  it.runIf(process.platform === 'linux').each(['/proc/foo/x', '/proc/foo/bar/x'])(
    'fails for %s',
    async (path) => {
      await expect(saveFile(path, '')).rejects.toThrow(
        `path: expected a file that can be written, got "${path}" (ENOENT)`,
      );
    },
  );

  it('makes the same folders for many at once', async () => {
    const paths = Array.from({ length: 20 }, (_, index) => join(folder, 'a', 'b', 'c', String(index)));
    await Promise.all(paths.map((path) => saveFile(path, 'new')));
    expect(await readdir(join(folder, 'a', 'b', 'c'))).toHaveLength(20);
  });
});
