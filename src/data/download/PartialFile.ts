import type { ByteStore } from '../store/ByteStore';

/** What has arrived of a file so far. */
export interface PartialFile {
  /** Where it comes from. Another server may have packed the file in another way. */
  readonly url: string;
  /** What the server calls this state of the file, if it says so. */
  etag: string | undefined;
  chunks: Uint8Array<ArrayBuffer>[];
  /** How many bytes the chunks have together. */
  length: number;
  /** Whether the chunks come from more than one request. */
  resumed: boolean;
}

/** Forgets what has arrived. */
export function clearPart(part: PartialFile): void {
  part.etag = undefined;
  part.chunks = [];
  part.length = 0;
  part.resumed = false;
}

/** Adds what has just arrived. */
export function appendToPart(part: PartialFile, chunk: Uint8Array<ArrayBuffer>): void {
  part.chunks.push(chunk);
  part.length += chunk.length;
}

/** Puts the chunks together. */
export function joinPart({ chunks, length }: PartialFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Keeps what has arrived for a later call: a line of JSON that says whence it is, then the bytes. It only ever saves
 * time, so a store that fails is no reason to fail.
 */
export async function keepPart(store: ByteStore, name: string, part: PartialFile): Promise<void> {
  if (part.length === 0) return;
  const header = new TextEncoder().encode(`${JSON.stringify({ url: part.url, etag: part.etag })}\n`);
  const chunks = [header, ...part.chunks];
  const bytes = joinPart({ ...part, chunks, length: header.length + part.length });
  await store.write(partName(name), bytes).catch(() => undefined);
}

/** What servers call a state of a file, in quotation marks (RFC 9110, section 8.8.3); others cannot be sent. */
const ETAG = /^"[\x21\x23-\x7e\x80-\xff]{0,1024}"$/;

/**
 * Finds what an earlier call has kept of a file from this URL; an empty part if there is none, or one whose header is not as
 * {@link keepPart} writes it.
 */
export async function findPart(store: ByteStore, name: string, url: string): Promise<PartialFile> {
  const part: PartialFile = { url, etag: undefined, chunks: [], length: 0, resumed: false };
  const kept = await store.read(partName(name)).catch(() => undefined);
  const end = kept?.indexOf(0x0a) ?? -1;
  if (kept === undefined || end < 0) return part;
  const header = parseHeader(new TextDecoder().decode(kept.subarray(0, end)));
  if (header.url !== url) return part;
  if (header.etag !== undefined && !isStrongTag(header.etag)) return part;
  part.etag = header.etag;
  appendToPart(part, kept.subarray(end + 1));
  return part;
}

/** Whether something can be asked for again by this name. */
export function isStrongTag(etag: unknown): etag is string {
  return typeof etag === 'string' && ETAG.test(etag);
}

/** Removes what has been kept of a file. */
export async function dropPart(store: ByteStore, name: string): Promise<void> {
  await store.remove(partName(name)).catch(() => undefined);
}

function partName(name: string): string {
  return `${name}.part`;
}

function parseHeader(text: string): { readonly url?: unknown; readonly etag?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
