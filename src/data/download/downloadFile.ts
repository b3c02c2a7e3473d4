import { type IdxFile, namesOf } from '../mnistFiles';
import type { IdxArray } from '../parseIdx';
import type { ByteStore } from '../store/ByteStore';
import { CopyError } from './CopyError';
import { wait } from './orAborted';
import { clearPart, dropPart, findPart, joinPart, keepPart, type PartialFile } from './PartialFile';
import { readCopy } from './readCopy';
import { receive, type Transfer } from './receive';

/** How often one URL is asked. */
const TRIES = 3;

/** A file as it has arrived, and what is in it. */
export interface Download {
  readonly copy: Uint8Array<ArrayBuffer>;
  readonly content: IdxArray;
}

/**
 * Downloads a file from the first mirror that has it, and verifies it.
 *
 * @param mirrors URLs of folders.
 * @param store Keeps what has arrived of a file when the download ends before it is whole.
 * @throws Error (the promise is rejected) that lists what each mirror said, or the signal's reason.
 */
export async function downloadFile(
  file: IdxFile,
  mirrors: readonly string[],
  store: ByteStore,
  transfer: Transfer,
): Promise<Download> {
  const failures: string[] = [];
  for (const mirror of mirrors) {
    for (const name of namesOf(file)) {
      const url = `${mirror}${mirror.endsWith('/') ? '' : '/'}${name}`;
      try {
        const download = await downloadCopy(file, url, store, transfer);
        await dropPart(store, file.name);
        return download;
      } catch (error) {
        if (!(error instanceof CopyError)) throw error;
        failures.push(`${url} ${error.message}`);
        // A server that does not answer would not do so for the other name either.
        if (error.remedy === 'retry') break;
      }
    }
  }
  throw new Error(`${file.name}: expected one of the mirrors to have it, but ${failures.join('; ')}`);
}

/** Downloads and verifies one copy; keeps what has arrived if it does not become whole. */
async function downloadCopy(
  file: IdxFile,
  url: string,
  store: ByteStore,
  transfer: Transfer,
): Promise<Download> {
  const part = await findPart(store, file.name, url);
  const isKept = part.length > 0;
  try {
    await receiveAll(file, part, transfer);
    return await readPart(file, part, transfer).catch(async (error) => {
      if (!(error instanceof CopyError) || !part.resumed) throw error;
      // The parts may be of different states of the file.
      clearPart(part);
      await receiveAll(file, part, transfer);
      return readPart(file, part, transfer);
    });
  } catch (error) {
    const isBad = error instanceof CopyError && error.remedy === 'copy';
    // What was kept may be why it failed, and would be each time.
    if (isBad && isKept) await dropPart(store, file.name);
    if (!isBad) await keepPart(store, file.name, part);
    throw error;
  }
}

async function receiveAll(file: IdxFile, part: PartialFile, transfer: Transfer): Promise<void> {
  // What cannot be compressed gets longer by 5 bytes in at most 65,535 (RFC 1951, section 3.2.4), and by the header.
  const limit = Math.ceil(file.size * 1.01) + 1024;
  for (let tried = 1; ; tried++) {
    try {
      return await receive(part, file.name, limit, transfer);
    } catch (error) {
      if (!(error instanceof CopyError) || error.remedy === 'copy' || tried === TRIES) throw error;
      await wait(transfer.retryDelay * 2 ** (tried - 1), transfer.signal);
    }
  }
}

async function readPart(file: IdxFile, part: PartialFile, { signal }: Transfer): Promise<Download> {
  const copy = joinPart(part);
  return { copy, content: await readCopy(file, copy, signal) };
}
