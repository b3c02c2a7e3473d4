import { afterEach, describe, expect, it } from 'vitest';
import { loadMnist } from '../../../src/data/loadMnist';
import { cacheStore } from '../../../src/data/store/cacheStore';
import { openCache, openDirectory } from '../../../src/data/store/openStore';

afterEach(async () => {
  for (const name of ['layerscope', 'mine']) await caches.delete(name);
});

describe('the cache of a page', () => {
  it('keeps files', async () => {
    const store = cacheStore(caches, 'mine');
    expect(await store.read('images')).toBeUndefined();
    await store.write('images', Uint8Array.of(0, 1, 255));
    await store.write('labels', new Uint8Array(0));
    expect(await store.read('images')).toEqual(Uint8Array.of(0, 1, 255));
    expect(await store.read('labels')).toEqual(new Uint8Array(0));
    await store.write('images', Uint8Array.of(7));
    expect(await store.read('images')).toEqual(Uint8Array.of(7));
    await store.remove('images');
    await store.remove('images');
    expect(await store.read('images')).toBeUndefined();
  });

  it('has a name of its own', async () => {
    await (await openCache(undefined)).write('images', Uint8Array.of(1));
    await (await openCache('mine')).write('images', Uint8Array.of(2));
    await (await openCache(false)).write('images', Uint8Array.of(3));
    expect((await caches.keys()).sort()).toEqual(['layerscope', 'mine']);
    expect(await cacheStore(caches, 'layerscope').read('images')).toEqual(Uint8Array.of(1));
    expect(await cacheStore(caches, 'mine').read('images')).toEqual(Uint8Array.of(2));
  });

  it('is asked, and passed over where a copy is bad', async () => {
    await cacheStore(caches, 'layerscope').write('train-labels-idx1-ubyte', Uint8Array.of(1, 2, 3));
    const fetch = async () => new Response(null, { status: 404 });
    await expect(loadMnist({ fetch })).rejects.toThrow('expected one of the mirrors to have it');
  });
});

describe('a folder', () => {
  it('is for Node only', async () => {
    await expect(openDirectory('mnist')).rejects.toThrow(
      'directory: expected to run in Node, got a browser; pass urls to load by HTTP',
    );
  });
});

describe('a page that fetches', () => {
  it('verifies what it gets', async () => {
    const idx = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5);
    const packed = new Response(new Blob([idx]).stream().pipeThrough(new CompressionStream('gzip')));
    const bytes = await packed.arrayBuffer();
    const cut = bytes.slice(0, -6);
    const load = (body: ArrayBuffer) =>
      loadMnist({ urls: ['/mnist/'], cache: false, fetch: async () => new Response(body) });
    await expect(load(bytes)).rejects.toThrow(/\/mnist\/\S+\.gz expected \d+ bytes, got 9, truncated/);
    await expect(load(cut)).rejects.toThrow('got one that is truncated or corrupt after ');
  });
});
