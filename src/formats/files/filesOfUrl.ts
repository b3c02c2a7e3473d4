import { quotePath } from '../../common/files/quotePath';
import type { Meter } from './createMeter';
import { HEAD_BYTES, type ModelFiles, UnreadableFile } from './ModelFiles';
import { readStream } from './readStream';

/**
 * The file at an address, and those beside it, which keep its query, as TensorFlow.js has it. Of an address that ends like a
 * folder it is the `model.json` in it.
 */
export function filesOfUrl(url: URL, fetchFile: typeof globalThis.fetch, meter: Meter): ModelFiles {
  const main = url.pathname.split('/').at(-1) || 'model.json';
  const addressOf = (name: string): string => {
    const { origin, pathname, search } = url;
    const prefix = pathname.slice(0, pathname.lastIndexOf('/') + 1);
    const address = new URL(`${origin}${prefix}${name}`);
    // What leads out by an escape, which `URL` reads as dots.
    if (!address.pathname.startsWith(prefix)) {
      throw new UnreadableFile('which is not beside the model');
    }
    address.search = search;
    return address.href;
  };
  /** Without its query, in which there may be secrets. */
  const describe = (name: string) => quotePath(addressOf(name).replace(/[?#].*$/, ''));
  const load = async (name: string, isAnnounced: boolean): Promise<Uint8Array> => {
    const { signal } = meter;
    signal?.throwIfAborted();
    const response = await fetchFile(addressOf(name), signal ? { signal } : {}).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new UnreadableFile(explain(cause), { cause });
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new UnreadableFile(`HTTP ${response.status} ${response.statusText}`.trim());
    }
    // Packed for the way, a file is larger than what is sent.
    const isPacked = !['', 'identity', null].includes(response.headers.get('content-encoding'));
    const length = Number(isPacked ? Number.NaN : (response.headers.get('content-length') ?? Number.NaN));
    return await readStream(response, Number.isSafeInteger(length) ? length : undefined, {
      meter,
      isAnnounced,
      what: describe(name),
    });
  };
  let first: Promise<Uint8Array> | undefined;
  const loadMain = () => {
    first ??= load(main, false);
    return first;
  };
  return {
    argument: 'source',
    place: describe(main),
    names: [main],
    isOpen: true,
    describe,
    locate: (_, path) => path.replaceAll('\\', '/').replace(/^(\.\/)+/, ''),
    sizeOf: async () => undefined,
    readHead: async (name) =>
      (await (name === main ? loadMain() : load(name, false))).subarray(0, HEAD_BYTES),
    read: async (name, isAnnounced = false) => await (name === main ? loadMain() : load(name, isAnnounced)),
  };
}

/** `ECONNREFUSED` rather than `fetch failed`, which is what Node says of everything. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  if (!(cause instanceof Error)) return message;
  return 'code' in cause ? String(cause.code) : cause.message;
}
