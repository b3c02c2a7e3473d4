import { CopyError } from './CopyError';
import { orAborted } from './orAborted';
import { appendToPart, clearPart, isStrongTag, type PartialFile } from './PartialFile';
import { type StallWatch, watchForStall } from './watchForStall';

/** How far the download of one file has come. */
export interface DownloadProgress {
  /** The file's name without `.gz`: `'train-images-idx3-ubyte'`. */
  readonly file: string;
  /** How many bytes have arrived, as they are sent: gzipped if the server has the file so. */
  readonly received: number;
  /** How many bytes there will be; `undefined` where the server does not say. */
  readonly total: number | undefined;
  /** The URL that they come from. */
  readonly source: string;
}

/** How files are fetched. */
export interface Transfer {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Milliseconds before the second try; twice as long before the third. */
  readonly retryDelay: number;
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly stallTime: number;
}

/**
 * Makes one request and adds to `part` what arrives: the rest of the file, where some of it is there and the server can
 * send a range, or all of it.
 *
 * @param limit The most bytes that the file can have.
 * @throws CopyError (the promise is rejected) if the file has not arrived whole; `part` has what did arrive.
 */
export async function receive(
  part: PartialFile,
  name: string,
  limit: number,
  transfer: Transfer,
): Promise<void> {
  const watch = watchForStall(transfer.signal, transfer.stallTime);
  try {
    const response = await request(part, transfer.fetch, watch.signal);
    const total = totalOf(response, part);
    const [start, isEncoded] = [part.length, response.headers.has('content-encoding')];
    const report = () => {
      const isTotal = total !== undefined && part.length <= total;
      const progress = { file: name, received: part.length, total: isTotal ? total : undefined };
      transfer.onProgress({ ...progress, source: part.url });
    };
    await readBody(response, part, limit, watch, report).catch((error: unknown) => {
      // Ranges count bytes as they are sent, and these have been unpacked on the way. A browser may hide that from a
      // page; then nothing of the rest can be read.
      if (isEncoded || (part.resumed && part.length === start)) clearPart(part);
      throw error;
    });
    if (total !== undefined && part.length < total) {
      throw new CopyError(`expected ${total} bytes, got ${part.length}, truncated`, 'retry');
    }
  } finally {
    watch.stop();
  }
}

/** Asks for what is missing; where the answer is all of the file, `part` is emptied for it. */
async function request(part: PartialFile, fetch: Transfer['fetch'], signal: AbortSignal): Promise<Response> {
  const headers = new Headers();
  if (part.length > 0) {
    headers.set('range', `bytes=${part.length}-`);
    if (part.etag !== undefined) headers.set('if-range', part.etag);
  }
  const response = await orAborted(fetch(part.url, { headers, signal }), signal).catch((cause: unknown) => {
    if (signal.aborted) throw signal.reason;
    // A page may not be allowed to send If-Range to another origin. The hash tells if the file has changed meanwhile.
    part.etag = undefined;
    throw new CopyError(`got no answer (${reasonOf(cause)})`, 'retry', { cause });
  });
  const isRest = part.length > 0 && response.status === 206;
  if (isRest && startOf(response, part.length) === part.length) {
    part.resumed = true;
    return response;
  }
  if (response.status === 200) {
    clearPart(part);
    part.etag = strongTagOf(response);
    return response;
  }
  response.body?.cancel().catch(() => undefined);
  if (isRest || response.status === 416) {
    clearPart(part);
    throw new CopyError(`got another range than was asked for (${response.status})`, 'retry');
  }
  const isPassing = response.status >= 500 || [408, 425, 429].includes(response.status);
  throw new CopyError(`got ${response.status} ${response.statusText}`.trim(), isPassing ? 'retry' : 'copy');
}

async function readBody(
  response: Response,
  part: PartialFile,
  limit: number,
  { signal, restart }: StallWatch,
  onChunk: () => void,
): Promise<void> {
  const reader = response.body?.getReader();
  if (reader === undefined) throw new CopyError('got an answer without a body', 'copy');
  try {
    for (;;) {
      restart();
      const { done, value } = await orAborted(reader.read(), signal).catch((cause: unknown) => {
        if (signal.aborted) throw signal.reason;
        throw new CopyError(`was cut off after ${part.length} bytes (${reasonOf(cause)})`, 'retry', {
          cause,
        });
      });
      if (done) return;
      if (part.length + value.length > limit) {
        clearPart(part);
        throw new CopyError(`expected at most ${limit} bytes, got more, oversized`, 'copy');
      }
      appendToPart(part, value);
      onChunk();
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** The size of the whole file as it is sent; `undefined` if the server, or the browser, keeps it to itself. */
function totalOf(response: Response, part: PartialFile): number | undefined {
  // What fetch has unpacked is longer than what was sent.
  if (response.headers.has('content-encoding')) return undefined;
  const length = response.headers.get('content-length');
  return length === null ? undefined : part.length + Number(length);
}

/** Where a part begins; the browser may hide it from a page, and then it is taken as what was asked for. */
function startOf(response: Response, asked: number): number {
  const range = response.headers.get('content-range');
  return range === null ? asked : Number(/^bytes (\d+)-/.exec(range)?.[1]);
}

/** If-Range takes strong validators only (RFC 9110, section 13.1.5). */
function strongTagOf(response: Response): string | undefined {
  const etag = response.headers.get('etag');
  return isStrongTag(etag) ? etag : undefined;
}

/** `ECONNREFUSED` rather than `fetch failed`, which is what Node says of everything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
