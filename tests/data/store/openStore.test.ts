import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCache } from '../../../src/data/store/openStore';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

describe('openCache', () => {
  it('opens the folder that it is given', async () => {
    const store = await openCache(folder);
    expect(await store.read('file')).toBeUndefined();
    await store.write('file', Uint8Array.of(1, 2));
    expect(await store.read('file')).toEqual(Uint8Array.of(1, 2));
    expect(await readdir(folder)).toEqual(['file']);
    await store.remove('file');
    await store.remove('file');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['', 'relative/path'])('goes by the home folder where XDG_CACHE_HOME is "%s"', async (given) => {
    vi.stubEnv('XDG_CACHE_HOME', given);
    vi.stubEnv('HOME', folder);
    await (await openCache(undefined)).write('file', Uint8Array.of(1));
    expect(await readdir(join(folder, '.cache', 'layerscope'))).toEqual(['file']);
  });

  it('keeps nothing if it is told so', async () => {
    const store = await openCache(false);
    await store.write('file', Uint8Array.of(1));
    expect(await store.read('file')).toBeUndefined();
  });

  it('does without a cache on a page that has none, unless one is named', async () => {
    vi.stubGlobal('process', undefined);
    const store = await openCache(undefined);
    await store.write('file', Uint8Array.of(1));
    expect(await store.read('file')).toBeUndefined();
    await expect(openCache('mine')).rejects.toThrow(
      'cache: expected a browser with Cache Storage, which pages have on https: and localhost, for "mine"',
    );
  });
});
