import { quotePath } from '../common/files/quotePath';
import { CopyError } from './download/CopyError';
import { type Download, downloadFile } from './download/downloadFile';
import { isGzipped, readCopy } from './download/readCopy';
import type { Transfer } from './download/receive';
import { type IdxFile, namesOf } from './mnistFiles';
import type { IdxArray } from './parseIdx';
import type { ByteStore } from './store/ByteStore';

/** Where files come from: a folder, or mirrors and a cache of what they have sent. */
export type IdxSource =
  | { readonly directory: string; readonly store: ByteStore }
  | { readonly mirrors: readonly string[]; readonly cache: ByteStore };

/**
 * Loads files, from mirrors all at the same time, and verifies each.
 *
 * @returns What is in them, in the order of `files`. Nothing of the loading goes on once the promise is settled.
 * @throws Error (the promise is rejected) that says which file and why, or the signal's reason.
 */
export async function loadIdxFiles(
  files: readonly IdxFile[],
  source: IdxSource,
  transfer: Transfer,
): Promise<IdxArray[]> {
  transfer.signal.throwIfAborted();
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error('crypto.subtle: expected it to verify files with; pages have it on https: and localhost');
  }
  if ('store' in source) return await readInTurn(files, source.directory, source.store, transfer.signal);

  // The first file that fails stops the others.
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(transfer.signal.reason);
  transfer.signal.addEventListener('abort', abort, { once: true });
  try {
    const loading = files.map(async (file) => {
      try {
        return await loadCached(file, source.mirrors, source.cache, { ...transfer, signal });
      } catch (error) {
        controller.abort(error);
        throw error;
      }
    });
    await Promise.allSettled(loading);
    signal.throwIfAborted();
    return await Promise.all(loading);
  } finally {
    transfer.signal.removeEventListener('abort', abort);
  }
}

/** One after the other, so that it is the first one missing that is named. */
async function readInTurn(
  files: readonly IdxFile[],
  directory: string,
  store: ByteStore,
  signal: AbortSignal,
): Promise<IdxArray[]> {
  const arrays: IdxArray[] = [];
  for (const file of files) arrays.push(await readFromDirectory(file, directory, store, signal));
  return arrays;
}

async function readFromDirectory(
  file: IdxFile,
  directory: string,
  store: ByteStore,
  signal: AbortSignal,
): Promise<IdxArray> {
  for (const name of namesOf(file)) {
    const copy = await store.read(name);
    signal.throwIfAborted();
    if (copy === undefined) continue;
    return readCopy(file, copy, signal).catch((cause: unknown) => {
      if (!(cause instanceof CopyError)) throw cause;
      throw new Error(`${name} in ${quotePath(directory)}: ${cause.message}`, { cause });
    });
  }
  throw new Error(
    `directory: expected ${namesOf(file).join(' or ')} in ${quotePath(directory)}, found neither`,
  );
}

async function loadCached(
  file: IdxFile,
  mirrors: readonly string[],
  cache: ByteStore,
  transfer: Transfer,
): Promise<IdxArray> {
  const { signal } = transfer;
  for (const name of namesOf(file)) {
    const copy = await cache.read(name).catch(passOverBadCopy);
    signal.throwIfAborted();
    const content = copy && (await readCopy(file, copy, signal).catch(passOverBadCopy));
    if (content !== undefined) return content;
  }
  const { copy, content } = await downloadFile(file, mirrors, cache, transfer);
  signal.throwIfAborted();
  await replace(file, cache, copy);
  return content;
}

/** A bad copy in the cache, or one that is too large to be read, is as good as none: it will be replaced. */
function passOverBadCopy(error: unknown): undefined {
  if (!(error instanceof CopyError || error instanceof RangeError)) throw error;
}

/** Leaves one copy of a file in the cache, under the name that says whether it is gzipped. */
async function replace(file: IdxFile, cache: ByteStore, copy: Download['copy']): Promise<void> {
  const [gzipped, plain] = namesOf(file);
  const [name, other] = isGzipped(copy) ? [gzipped, plain] : [plain, gzipped];
  await cache.write(name, copy);
  await cache.remove(other);
}
