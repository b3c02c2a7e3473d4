import type { ByteStore } from './ByteStore';

/** The part of the browser's `caches` that is used. */
export interface CacheStorageLike {
  open(name: string): Promise<Pick<Cache, 'match' | 'put' | 'delete'>>;
}

/** Keeps files in one cache of the browser's Cache Storage, which puts an answer whole or not at all. */
export function cacheStore(caches: CacheStorageLike, name: string): ByteStore {
  return {
    async read(file) {
      const answer = await (await caches.open(name)).match(urlOf(file));
      return answer && new Uint8Array(await answer.arrayBuffer());
    },
    async write(file, bytes) {
      await (await caches.open(name)).put(urlOf(file), new Response(bytes));
    },
    async remove(file) {
      await (await caches.open(name)).delete(urlOf(file));
    },
  };
}

/** Caches go by URL. A host that cannot exist (RFC 2606, section 2) meets no request of the page. */
function urlOf(file: string): string {
  return `https://layerscope.invalid/${file}`;
}
