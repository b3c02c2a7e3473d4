import { isNode } from '../../common/isNode';
import { quote } from '../../common/quote';
import { type ByteStore, forgivingStore, noStore } from './ByteStore';
import { cacheStore } from './cacheStore';

/**
 * Opens the folder of files that the caller has given.
 *
 * @throws Error (the promise is rejected) where there are no folders, as on a page.
 */
export async function openDirectory(directory: string): Promise<ByteStore> {
  if (!isNode()) {
    throw new Error('directory: expected to run in Node, got a browser; pass urls to load by HTTP');
  }
  const { folderStore } = await import('./folderStore');
  return folderStore('directory', directory);
}

/**
 * Opens the cache: a folder in Node, the Cache Storage in a browser. One that the caller has named must work; the
 * default one is left out where it does not, as on a machine without a home folder that can be written.
 */
export async function openCache(cache: string | false | undefined): Promise<ByteStore> {
  if (cache === false) return noStore;
  if (isNode()) {
    const { defaultCacheFolder, folderStore } = await import('./folderStore');
    const store = await folderStore('cache', cache ?? (await defaultCacheFolder()));
    return cache === undefined ? forgivingStore(store) : store;
  }
  if (cache === undefined) {
    return typeof caches === 'undefined' ? noStore : forgivingStore(cacheStore(caches, 'layerscope'));
  }
  if (typeof caches === 'undefined') {
    throw new Error(
      `cache: expected a browser with Cache Storage, which pages have on https: and localhost, for ${quote(cache)}`,
    );
  }
  return cacheStore(caches, cache);
}
